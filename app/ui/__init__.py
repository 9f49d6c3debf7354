"""The window: PySide6 widgets, and nothing that could be done without them."""
