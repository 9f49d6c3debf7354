"""The main window: what it is made of, and how the parts speak to each other."""
