"""Putting bytes on the disk so that at every instant the old or the new file is there."""
