"""A PDF as paragraphs and tables, in order, with every character accounted for."""
