"""The editor of the rules that turn the words of a network into tags."""
