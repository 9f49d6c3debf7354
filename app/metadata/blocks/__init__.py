"""What is inside the blocks of metadata that every format shares: XMP, IPTC, Exif."""
