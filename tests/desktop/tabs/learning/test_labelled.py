"""Teaching from labelled pictures in the learning tab: drop, look, learn, use, undo, bad input."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app.context import AppContext
from desktop.tabs.learning.labelled import LabelledCard
from desktop.tabs.learning.tab import LearningTab
from engine import digits
from engine.faces import FaceReader
from engine.learning import trainer
from tests.desktop.conftest import DropFiles
from tests.desktop.learning_kit import SECONDS, child, rows
from tests.engine.labelled_sets import face_folders, head, no_face, sign, sign_folders, write


def card_of(tab: LearningTab, key: str) -> LabelledCard:
    tab.select(key)
    card = tab._labelled.cards[key]
    assert card.isVisible()
    return card


def wait(qtbot: QtBot, card: LabelledCard) -> None:
    qtbot.waitUntil(lambda: not card.busy, timeout=SECONDS)


def give(qtbot: QtBot, card: LabelledCard, path: Path) -> None:
    card.open_paths([path])
    wait(qtbot, card)


def press(qtbot: QtBot, card: LabelledCard, name: str) -> None:
    button = child(card, name)
    assert button.isVisible() and button.isEnabled(), name
    button.click()  # type: ignore[attr-defined]


def meaning() -> str:
    """Return a digit that the sign is not taken for."""
    return "4" if digits.predict(sign(0)).label != "4" else "9"


def test_only_domains_of_pictures_have_the_card(learning_tab: LearningTab) -> None:
    assert not learning_tab._labelled.isVisible()
    assert not child(learning_tab, "learningLabelled").isVisible()
    for key in ("faces", "digits"):
        card_of(learning_tab, key)
        assert sum(card.isVisible() for card in learning_tab._labelled.cards.values()) == 1


def test_dropped_seen_learned_used_and_undone(
    qtbot: QtBot, learning_tab: LearningTab, context: AppContext, tmp_path: Path,
    drop_files: DropFiles, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    root = face_folders(tmp_path / "set", [("놀람", 6), ("neutral", 2)])
    write(root / "happy" / "stripes.png", no_face())
    write(root / "contempt" / "a.png", head(30))
    card = card_of(learning_tab, "faces")
    assert drop_files(card.drop, [root])
    wait(qtbot, card)
    assert dict(card.found.bars.counts)["놀람"] == 6 and "사진 9장" in card.found.name.text()
    assert "contempt 1" in card.found.hint.text() and "일곱 가지" in card.found.hint.text()
    press(qtbot, card, "labelledStart")
    assert card.job_bar.isVisible() and not card.found.start.isEnabled()
    wait(qtbot, card)
    assert trainer.versions("faces") == []  # shown, not used
    assert "더 잘 맞혀요" in card.taught.verdict.text()
    assert "얼굴을 찾지 못했어요" in card.taught.left_out.list.item(1).text()
    assert card.taught.matrix.rows[4][4] >= 4
    assert "8장 (놀람 6, 중립 2)" in card.taught.notes.text()
    press(qtbot, card, "labelledWhich-before")
    assert card.taught.matrix.rows[4][0] == 6
    saved = tmp_path / "r.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    press(qtbot, card, "labelledSave")
    wait(qtbot, card)
    assert "stripes.png" in saved.read_text("utf-8-sig") and card.banner.kind == "success"
    press(qtbot, card, "labelledAccept")
    wait(qtbot, card)
    assert trainer.active_version("faces") == 1 and "개인 1" in card.banner.text()
    assert "사진 8장" in rows(learning_tab, "learningVersions")[1]
    assert "배우지 않은 사진" in learning_tab._report.bars.pairs[0][0]
    assert [row.domain for row in context.library.history("learning")] == ["learning"]
    with FaceReader() as reader:
        assert reader.read(head(40)).faces[0].expression.label in ("놀람", "중립")
        child(learning_tab, "learningUndo").click()  # type: ignore[attr-defined]
        assert reader.read(head(40)).faces[0].expression.label == "행복"


def test_what_is_not_wanted_is_discarded(
    qtbot: QtBot, learning_tab: LearningTab, tmp_path: Path
) -> None:
    card = card_of(learning_tab, "digits")
    give(qtbot, card, sign_folders(tmp_path / "set", meaning()))
    press(qtbot, card, "labelledStart")
    wait(qtbot, card)
    assert card.taught.isVisible() and card.taught.accept.isVisible()
    press(qtbot, card, "labelledDiscard")
    assert card.drop.isVisible() and not card.taught.isVisible()
    assert trainer.versions("digits") == []


def test_a_model_that_is_no_better_is_not_urged(
    qtbot: QtBot, learning_tab: LearningTab, tmp_path: Path
) -> None:
    card = card_of(learning_tab, "digits")
    root = sign_folders(tmp_path / "known", "3", signs=4)
    for path in root.rglob("sign*"):
        path.unlink()
    give(qtbot, card, root)
    press(qtbot, card, "labelledStart")
    wait(qtbot, card)
    assert "나아진 것이 없어요" in card.taught.verdict.text()
    assert not card.taught.accept.isVisible()
    press(qtbot, card, "labelledAcceptAnyway")
    wait(qtbot, card)
    assert trainer.active_version("digits") == 1
    assert "권하지 않는 모델" in learning_tab._report.reason.text()


def test_cancelled_and_begun_again(qtbot: QtBot, learning_tab: LearningTab, tmp_path: Path) -> None:
    card = card_of(learning_tab, "faces")
    give(qtbot, card, face_folders(tmp_path / "set", [("놀람", 6)]))
    press(qtbot, card, "labelledStart")
    press(qtbot, card, "jobCancel")
    wait(qtbot, card)
    assert "멈췄어요" in card.banner.text() and not card.job_bar.isVisible()
    assert card.found.isVisible() and card.found.start.isEnabled()
    assert trainer.versions("faces") == []
    press(qtbot, card, "labelledStart")
    wait(qtbot, card)
    assert card.taught.isVisible()


@pytest.mark.parametrize("name", ["gone.csv", "columns.csv", "empty", "set.zip", "binary.csv"])
def test_bad_sources_are_one_sentence_and_the_card_lives(
    qtbot: QtBot, learning_tab: LearningTab, tmp_path: Path, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "columns.csv").write_text("a,b,c\n1,2,3\n")
    (tmp_path / "set.zip").write_bytes(b"PK")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 8)
    card = card_of(learning_tab, "faces")
    give(qtbot, card, tmp_path / name)
    assert card.banner.kind == "error" and card.banner.text()
    assert card.drop.isVisible() and card.drop.isEnabled()


def test_wrong_paths_and_too_few_pictures_are_listed(
    qtbot: QtBot, learning_tab: LearningTab, tmp_path: Path
) -> None:
    write(tmp_path / "a.png", head(0))
    write(tmp_path / "b.png", no_face())
    (tmp_path / "l.csv").write_text("image_path,label\ngone.png,happy\na.png,sad\nb.png,sad\n")
    card = card_of(learning_tab, "faces")
    give(qtbot, card, tmp_path / "l.csv")
    assert "없는 파일 1" in card.found.left_out.summary.text()
    press(qtbot, card, "labelledStart")
    wait(qtbot, card)
    assert "4장 이상" in card.banner.text() and card.found.isVisible()
    assert card.found.left_out.list.count() == 2  # the picture without a face as well
    (tmp_path / "none.csv").write_text("image_path,label\ngone.png,happy\n")
    press(qtbot, card, "labelledOther")
    give(qtbot, card, tmp_path / "none.csv")
    assert card.found.isVisible() and not card.found.start.isEnabled()


def test_one_source_at_a_time(
    qtbot: QtBot, learning_tab: LearningTab, tmp_path: Path, drop_files: DropFiles
) -> None:
    card = card_of(learning_tab, "faces")
    assert drop_files(card.drop, [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert card.banner.kind == "warning" and not card.busy


def test_a_model_that_cannot_be_saved_keeps_the_result(
    qtbot: QtBot, learning_tab: LearningTab, tmp_path: Path, data_env: Path
) -> None:
    card = card_of(learning_tab, "digits")
    give(qtbot, card, sign_folders(tmp_path / "set", meaning()))
    press(qtbot, card, "labelledStart")
    wait(qtbot, card)
    (data_env / "personal").write_text("a file where the folder should be")
    press(qtbot, card, "labelledAccept")
    wait(qtbot, card)
    assert "저장할 수 없어요" in card.banner.text() and card.taught.isVisible()
    (data_env / "personal").unlink()
    press(qtbot, card, "labelledAccept")
    wait(qtbot, card)
    assert trainer.active_version("digits") == 1


def test_the_window_answers_while_pictures_are_read(
    qtbot: QtBot, learning_tab: LearningTab, tmp_path: Path
) -> None:
    card = card_of(learning_tab, "faces")
    give(qtbot, card, face_folders(tmp_path / "set", [("놀람", 5)]))
    press(qtbot, card, "labelledStart")
    other = card_of(learning_tab, "digits")
    assert other.drop.isEnabled() and not card.isVisible()
    wait(qtbot, card)
    learning_tab.select("faces")
    assert card.taught.isVisible()
