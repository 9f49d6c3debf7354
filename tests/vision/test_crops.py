"""Which parts of a photo the network looks at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.vision.crops import crop_boxes, cut_crops, join_crops
from app.vision.embedder import Prediction


def test_nearly_square_photos_get_one_crop() -> None:
    assert len(crop_boxes(1000, 1000, 3, 0.875)) == 1
    assert len(crop_boxes(1080, 1000, 3, 0.875)) == 1
    assert len(crop_boxes(1500, 1000, 3, 0.875)) == 3
    assert len(crop_boxes(1500, 1000, 1, 0.875)) == 1


def test_three_crops_are_left_centre_right_or_top_centre_bottom() -> None:
    wide = crop_boxes(300, 200, 3, 1.0)
    assert [box[0] for box in wide] == [0, 50, 100]
    tall = crop_boxes(200, 300, 3, 1.0)
    assert [box[1] for box in tall] == [0, 50, 100]


@given(st.integers(1, 5000), st.integers(1, 5000), st.sampled_from([1, 3]), st.floats(0.1, 1))
def test_crops_are_squares_inside_the_photo(
    width: int, height: int, crops: int, fraction: float
) -> None:
    for left, top, right, bottom in crop_boxes(width, height, crops, fraction):
        assert 0 <= left < right <= width + 1e-6
        assert 0 <= top < bottom <= height + 1e-6
        assert right - left == pytest.approx(bottom - top)


def test_crops_are_cut_where_the_boxes_are() -> None:
    image = Image.new("RGB", (300, 100), "red")
    image.paste("blue", (200, 0, 300, 100))
    crops = cut_crops(image, (64, 64), crop_boxes(300, 100, 3, 1.0))
    assert crops.shape == (3, 64, 64, 3) and crops.dtype == np.uint8
    assert crops[0].mean(axis=(0, 1)) == pytest.approx([255, 0, 0], abs=1)
    assert crops[2].mean(axis=(0, 1)) == pytest.approx([0, 0, 255], abs=1)


def test_scores_are_those_of_the_surest_crop_and_the_embedding_is_the_mean() -> None:
    scores = np.array([[0.4, 0.6], [0.9, 0.1], [0.5, 0.5]], dtype=np.float32)
    embeddings = np.array([[0, 3], [3, 3], [6, 3]], dtype=np.float32)
    embedding, joined = join_crops(Prediction(embeddings, scores))
    assert embedding.tolist() == [3, 3]
    assert joined.tolist() == scores[1].tolist()
