"""Labelled sets: every layout that is taken, and every kind of data that is not."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import InputError
from engine.reports.scoring import score
from engine.reports.sets import digits, emotions, faces, reviews
from tests.engine import report_sets


def put(folder: Path, text: str, name: str = "a.tsv") -> list[Path]:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return [path]


@pytest.mark.parametrize(
    "text",
    [
        "id\tdocument\tlabel\n1\t좋아요\t1\n2\t싫어요\t0\n",
        "text,label\n좋아요,긍정\n싫어요,부정\n",
        "내용,긍부정\n좋아요,positive\n싫어요,Negative\n",
        "Document,Label\n좋아요,1.0\n싫어요,0.0\n",
        "review_id\tmovie_id\trating\ttext\n1\t1\t9\t좋아요\n2\t1\t4\t싫어요\n",
        "\ufefftext\tlabel\r\n좋아요\tpos\r\n\r\n싫어요\tneg\r\n",
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_reviews_in_words_numbers_and_ratings(text: str, packed: bool, tmp_path: Path) -> None:
    name = "a.tsv" if "\t" in text else "a.csv"
    data = put(tmp_path, text, name)
    if packed and name == "a.tsv":
        data = [tmp_path / "a.tsv.gz"]
        data[0].write_bytes(gzip.compress(text.encode()))
    found = reviews.read(data)
    assert [(item.text, item.label) for item in found.items] == [
        ("좋아요", "긍정"),
        ("싫어요", "부정"),
    ]
    assert found.files == (data[0].name,)


def test_a_csv_of_excel_in_korea_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('리뷰,라벨\n"좋아요, 정말",긍정\n싫어요,부정\n'.encode("cp949"))
    assert [item.text for item in reviews.read([path]).items] == ["좋아요, 정말", "싫어요"]


def test_missing_and_unknown_labels_are_counted_and_left_out(tmp_path: Path) -> None:
    rows = ["좋아요\t긍정", "음\tNaN", "글쎄\t", "그냥\t중립", "보통\t중립", "흠\t?"]
    found = reviews.read(put(tmp_path, "\n".join(["text\tlabel", *rows])))
    assert len(found.items) == 1 and found.unlabelled == 3 and found.unknown == {"중립": 2}


@pytest.mark.parametrize("label", ["2", "-1", "0.5", "7"])
def test_numbers_with_another_meaning_are_refused(label: str, tmp_path: Path) -> None:
    data = put(tmp_path, f"text\tlabel\n좋아요\t1\n그냥\t{label}\n")
    with pytest.raises(InputError) as caught:
        reviews.read(data)
    assert label in caught.value.message.ko and "긍정" in caught.value.message.ko


@pytest.mark.parametrize("rating", ["0", "11", "7.5", "1e9"])
def test_ratings_off_the_scale_are_refused(rating: str, tmp_path: Path) -> None:
    text = f"review_id\tmovie_id\trating\ttext\n1\t1\t9\t좋아요\n2\t1\t{rating}\t그냥\n"
    with pytest.raises(InputError, match="line 3"):
        reviews.read(put(tmp_path, text))


def test_middle_ratings_serve_the_stars_only_and_low_scales_are_noted(tmp_path: Path) -> None:
    head = "review_id\tmovie_id\trating\ttext\n"
    found = reviews.read(put(tmp_path, head + "1\t1\t6\t그냥\n2\t1\t10\t좋아요\n"))
    assert [(item.label, item.rating) for item in found.items] == [(None, 6), ("긍정", 10)]
    rows = "".join(f"{n}\t1\t{1 + n % 5}\t글\n" for n in range(30))
    notes = reviews.read(put(tmp_path, head + rows)).notes
    assert len(notes) == 1 and "10점" in notes[0].ko


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "text\tlabel\n",
        "a\tb\n1\t2\n",
        "text\tlabel\n좋아\tNaN\n",
        "text\tlabel\n좋아\t몰라\n",
    ],
)
def test_sets_without_anything_to_score_say_why(text: str, tmp_path: Path) -> None:
    for module in (reviews, emotions):
        with pytest.raises(InputError) as caught:
            module.read(put(tmp_path, text))
        assert "a.tsv" in caught.value.message.ko


def test_emotions_are_known_by_korean_and_english_names(tmp_path: Path) -> None:
    found = emotions.read([report_sets.emotions(tmp_path / "e.tsv")])
    assert [item.label for item in found.items] == [
        "행복", "슬픔", "분노", "공포", "슬픔", "중립",
    ]  # fmt: skip
    assert found.unknown == {"권태": 1} and found.unlabelled == 1
    assert len(emotions.read([tmp_path / "e.tsv"], limit=2).items) == 2


@pytest.mark.parametrize("module", [reviews, emotions, faces])
@pytest.mark.parametrize("kind", ["missing", "folder", "gz", "cut"])
def test_files_that_cannot_be_read(module: object, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    if kind == "folder":
        path.mkdir()
    elif kind == "gz":
        path.write_bytes(b"no gzip at all")
    elif kind == "cut":
        path.write_bytes(gzip.compress("text\tlabel\n좋아요\t1\n".encode() * 500)[:-40])
    with pytest.raises(InputError):
        module.read([path])  # type: ignore[attr-defined]


def test_mixed_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes("text\tlabel\n좋아요\t1\n".encode() + "싫어요\t0\n".encode("cp949"))
    with pytest.raises(InputError, match="UTF-8"):
        reviews.read([path])


def test_pictures_of_unknown_classes_are_counted(tmp_path: Path) -> None:
    found = faces.read([report_sets.faces(tmp_path / "f.zip")])
    assert [item.label for item in found.items] == ["공포", "행복", "행복", "중립", "슬픔", "행복"]
    assert found.unknown == {"boredom": 1}
    with pytest.raises(InputError):
        next(item for item in found.items if "broken" in item.name).picture()  # type: ignore[misc]


def test_an_encrypted_or_damaged_picture_is_one_without_an_answer(tmp_path: Path) -> None:
    path = report_sets.faces(tmp_path / "f.zip")
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("set/행복/face2.jpg")
    content = bytearray(path.read_bytes())
    start = info.header_offset + 30 + len(info.filename.encode()) + 200
    content[start : start + 50] = b"x" * 50
    path.write_bytes(content)
    scored = score("faces", [path])
    missed = [answer for answer in scored.answers if answer.label is None]
    assert len(missed) == 3 and all(answer.problem for answer in missed)
    assert scored.metrics()["unanswered"] == 3


def test_digits_out_of_folders_and_zips(tmp_path: Path) -> None:
    folder = report_sets.digits(tmp_path / "set", wrong=False)
    (folder / "x").mkdir()
    (folder / "x" / "odd.png").write_bytes(b"")
    packed = tmp_path / "set.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in folder.rglob("*.png"):
            archive.write(file, file.relative_to(tmp_path))
    for path in (folder, packed):
        found = digits.read([path])
        assert [item.label for item in found.items] == list("0123456789")
        assert found.unknown == {"x": 1}
    assert [item.label for item in digits.read([folder], limit=4).items] == ["0", "3", "6", "9"]


@pytest.mark.parametrize(
    "labels",
    [np.array(["삼"]), np.array([np.nan]), np.array([10]), np.array([-1]), np.array([2.5])],
)
def test_labels_that_are_no_digits(labels: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "set.npz"
    np.savez(path, images=np.zeros((1, 28, 28), np.uint8), labels=labels)
    with pytest.raises(InputError, match="labels"):
        digits.read([path])


@pytest.mark.parametrize("images", [np.zeros((2, 28, 28)), np.zeros((2, 784), np.uint8)])
def test_images_that_are_none(images: np.ndarray, tmp_path: Path) -> None:
    np.savez(tmp_path / "set.npz", images=images, labels=np.array([1, 2]))
    with pytest.raises(InputError, match="fit together"):
        digits.read([tmp_path / "set.npz"])
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(InputError, match="cannot be read"):
        digits.read([tmp_path / "bad.npz"])


@given(content=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_a_set_or_an_input_error(
    content: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = put(tmp_path_factory.mktemp("any"), f"text\tlabel\n{content}")
    try:
        found = reviews.read(data)
    except InputError:
        return
    assert {item.label for item in found.items} <= {"긍정", "부정"}
