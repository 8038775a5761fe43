"""One table of opinions, in a sheet or in a document: every row is kept or set aside."""
