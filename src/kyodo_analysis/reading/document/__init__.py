"""A Word file of opinions, in tables or as paragraphs under headings."""
