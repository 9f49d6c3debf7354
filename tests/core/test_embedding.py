"""Embeddings in the form in which they are kept."""

from __future__ import annotations

import numpy as np

from app.core.embedding import powered, unpowered


def test_the_power_of_three_quarters() -> None:
    given = np.array([[0, 1, 16, 81], [-1, -16, 1e-4, -0.0]], np.float32)
    wanted = np.array([[0, 1, 8, 27], [-1, -8, 1e-3, 0]])
    np.testing.assert_allclose(powered(given), wanted, rtol=1e-6)
    assert powered(given).dtype == np.float32


def test_back_to_what_the_network_gave() -> None:
    random = np.random.default_rng(0)
    given = random.standard_normal((50, 40)).astype(np.float32) ** 3
    given[::3, ::5] = 0
    np.testing.assert_allclose(unpowered(powered(given)), given, rtol=1e-5)
    kept = powered(given).astype(np.float16)
    found = unpowered(kept)
    np.testing.assert_allclose(found, given, rtol=1e-3, atol=1e-6)
    assert not np.isnan(found).any() and found.dtype == np.float32


def test_what_is_given_stays_as_it_is() -> None:
    given = np.linspace(-2, 2, 9, dtype=np.float32)
    before = given.copy()
    unpowered(powered(given))
    unpowered(given)
    np.testing.assert_array_equal(given, before)
