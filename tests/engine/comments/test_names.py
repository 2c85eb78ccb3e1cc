"""The table of Open Images' names: whole, unambiguous, and right where machines are not."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from engine.comments import labels
from engine.comments.detect import objects
from engine.core.errors import StorageError
from engine.text.korean import object_names

MENDED = {
    "Antelope": "영양", "Harbor seal": "물범", "Turkey": "칠면조", "Chicken": "닭",
    "Bust": "흉상", "Horizontal bar": "철봉", "Stretcher": "들것", "Whisk": "거품기",
    "Winter melon": "동아", "Falcon": "매", "Fireplace": "벽난로", "Kite": "연",
    "Tick": "진드기", "Lily": "백합", "Sun hat": "챙 넓은 모자", "Toilet": "변기",
    "Watch": "손목시계", "Tap": "수도꼭지", "Lynx": "스라소니", "Sculpture": "조각상",
}  # fmt: skip


def test_there_are_601_classes_each_with_three_words() -> None:
    rows = object_names.open_images()
    assert len(rows) == 601 == len({row.english for row in rows})
    assert all(row.korean and row.counter for row in rows)
    assert not [row for row in rows if not re.fullmatch("[가-힣0-9 ]+", row.korean)]
    assert max(len(row.korean) for row in rows) <= labels.MAX_CHARACTERS


def test_only_things_that_are_one_in_korean_share_a_name() -> None:
    rows = object_names.open_images()
    seen: dict[str, list[str]] = {}
    for row in rows:
        seen.setdefault(row.korean, []).append(row.english)
    assert {ko: en for ko, en in seen.items() if len(en) > 1} == {"옷장": ["Closet", "Wardrobe"]}


def test_what_machines_translate_wrongly_is_right() -> None:
    table = {row.english: row.korean for row in object_names.open_images()}
    assert {english: table[english] for english in MENDED} == MENDED


def test_the_order_is_that_of_the_official_list() -> None:
    spec = importlib.util.find_spec("ultralytics")
    if spec is None or spec.origin is None:
        pytest.skip("the training extra (ultralytics) is not installed: no official list")
    listed = Path(spec.origin).parent / "cfg" / "datasets" / "open-images-v7.yaml"
    rows = re.findall(r"^  (\d+): (.+)$", listed.read_text(encoding="utf-8"), re.M)
    official = [name.strip().strip("'\"") for _, name in rows]
    assert [row.english for row in object_names.open_images()] == official


def test_every_english_name_reaches_the_korean_one() -> None:
    coco = dict(object_names.COCO)
    for row in object_names.open_images():
        known = labels.canonical(row.english)
        assert known == coco.get(row.english.lower(), row.korean)
        assert labels.canonical(row.english.upper()) == known
        assert labels.canonical(row.korean) in (row.korean, known)


def test_no_part_of_a_person_is_written_about() -> None:
    parts = [row.english for row in object_names.open_images() if row.english.startswith("Human ")]
    assert len(parts) == 13
    kept, left_out = labels.select([*parts, "Person", "Man", "Woman", "Boy", "Girl"])
    assert kept == ()
    assert len(left_out) == 18


def test_the_class_filter_offers_every_name() -> None:
    assert len(objects.class_names("objects-oiv7-n")) == 600
    assert len(objects.class_names()) == 80


def test_a_missing_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_names.paths, "resources_dir", lambda: tmp_path)
    with pytest.raises(StorageError, match="table of names"):
        object_names.open_images.__wrapped__()
