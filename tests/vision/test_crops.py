"""Which parts of a photo the network looks at."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.vision.crops import crop_corners, cut_crops, join_crops, short_side
from app.vision.embedder import Prediction


def test_nearly_square_photos_get_one_crop() -> None:
    assert len(crop_corners((300, 300), (260, 260), 3)) == 1
    assert len(crop_corners((324, 300), (260, 260), 3)) == 1
    assert len(crop_corners((450, 300), (260, 260), 3)) == 3
    assert len(crop_corners((450, 300), (260, 260), 1)) == 1


def test_three_crops_are_left_centre_right_or_top_centre_bottom() -> None:
    assert crop_corners((300, 200), (200, 200), 3) == [(0, 0), (50, 0), (100, 0)]
    assert crop_corners((200, 300), (200, 200), 3) == [(0, 0), (0, 50), (0, 100)]
    assert crop_corners((460, 300), (260, 260), 3) == [(20, 20), (100, 20), (180, 20)]


def test_the_short_side_leaves_the_margin_that_the_network_was_trained_with() -> None:
    assert short_side((260, 260), 0.875) == 297
    assert short_side((224, 224), 0.875) == 256
    assert short_side((224, 224), 1.0) == 224


@given(st.integers(64, 3000), st.integers(64, 3000), st.sampled_from([1, 3]), st.integers(1, 64))
def test_crops_lie_inside_the_photo(width: int, height: int, crops: int, size: int) -> None:
    for x, y in crop_corners((width, height), (size, size), crops):
        assert 0 <= x <= width - size
        assert 0 <= y <= height - size


def test_crops_are_cut_where_the_corners_are() -> None:
    image = Image.new("RGB", (300, 100), "red")
    image.paste("blue", (200, 0, 300, 100))
    crops = cut_crops(image, (100, 100), 3)
    assert crops.shape == (3, 100, 100, 3)
    assert crops.dtype == np.uint8
    assert (crops[0] == (255, 0, 0)).all()
    assert (crops[2] == (0, 0, 255)).all()


def test_scores_are_those_of_the_surest_crop_and_the_embedding_is_the_mean() -> None:
    scores = np.array([[0.4, 0.6], [0.9, 0.1], [0.5, 0.5]], dtype=np.float32)
    embeddings = np.array([[0, 3], [3, 3], [6, 3]], dtype=np.float32)
    embedding, joined = join_crops(Prediction(embeddings, scores))
    assert embedding.tolist() == [3, 3]
    assert joined.tolist() == scores[1].tolist()
