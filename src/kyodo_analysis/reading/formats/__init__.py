"""Raw files of every format, as grids of cells or as paragraphs and tables."""
