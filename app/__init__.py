"""Tagwright: a photo tagger that learns, and writes its tags into the photos without damage."""

__version__ = "0.1.0"
