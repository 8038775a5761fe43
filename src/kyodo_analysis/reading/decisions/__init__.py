"""What the analyst decided about reading a study: its settings, corrections and organisations."""
