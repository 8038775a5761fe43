"""How a file that nobody has described is probably to be read."""
