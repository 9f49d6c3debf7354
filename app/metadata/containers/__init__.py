"""Where each file format keeps those blocks, and how they are put back into it."""
