"""What is known about the photos that are selected, and what can be done about their tags."""
