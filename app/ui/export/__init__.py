"""Exporting tags for another program: what, how and where to, what it will show, and a report."""
