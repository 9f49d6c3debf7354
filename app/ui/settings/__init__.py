"""The settings, in a dialog made from their table."""
