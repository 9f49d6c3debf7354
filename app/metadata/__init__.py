"""Reading and writing tags in photo files and sidecars, byte by byte."""
