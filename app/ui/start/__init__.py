"""The page that is shown while there are no photos."""
