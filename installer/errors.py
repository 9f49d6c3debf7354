"""The error of the installer."""


class SetupError(Exception):
    """The setup cannot go on; the text tells the user why and what to do."""
