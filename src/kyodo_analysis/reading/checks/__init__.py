"""What is odd about what was read, whatever it was read from."""
