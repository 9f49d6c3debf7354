"""Fixtures of the whole window."""

from tests.ui.window.conftest import start  # noqa: F401 (a fixture)
