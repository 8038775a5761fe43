"""Find out what citizens said in Japanese opinion text, and show it truthfully."""

__version__ = "0.1.0"
