"""Stories about the console."""
