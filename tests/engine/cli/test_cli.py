"""``maumgyeol predict`` and ``--selftest`` as a shell sees them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli import predict, selftest
from engine.core import paths

SAMPLES = paths.resources_dir() / "samples"


def _json(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_reviews_from_words_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listing = tmp_path / "reviews.txt"
    listing.write_text("최고의 영화였어요\n돈이 아까운 영화\n", encoding="utf-8")
    assert predict.main(["reviews", "정말 재미있어요", str(listing), "--json"]) == 0
    rows = _json(capsys)
    assert [row["label"] for row in rows] == ["긍정", "긍정", "부정"]
    assert rows[1]["input"] == "최고의 영화였어요"


def test_reviews_in_either_mode_and_fine_emotions(capsys: pytest.CaptureFixture[str]) -> None:
    for mode in ("precise", "instant"):
        assert predict.main(["reviews", "정말 재미있어요", "--mode", mode, "--json"]) == 0
        (row,) = _json(capsys)
        assert (row["label"], row["three_way"], row["mode"]) == ("긍정", "긍정", mode)
    assert predict.main(["emotions", "너무 무서워", "--json"]) == 0
    (row,) = _json(capsys)
    assert isinstance(row["fine"], list) and len(row["fine"]) == 43
    with pytest.raises(SystemExit):
        predict.main(["reviews", "정말 재미있어요", "--mode", "fast"])


def test_one_bad_input_does_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.png"
    empty.write_bytes(b"")
    assert predict.main(["digit", str(empty), str(SAMPLES / "digit-5.png"), "--json"]) == 1
    bad, good = _json(capsys)
    assert "empty" in str(bad["error"])
    assert good["label"] == "5"


def test_faces_leave_the_points_out_unless_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert predict.main(["face", str(SAMPLES / "face.jpg"), "--json"]) == 0
    (short,) = _json(capsys)
    assert predict.main(["face", str(SAMPLES / "face.jpg"), "--json", "--landmarks"]) == 0
    (long,) = _json(capsys)
    assert isinstance(short["faces"], list)
    assert isinstance(long["faces"], list)
    assert "landmarks" not in short["faces"][0]
    assert len(long["faces"][0]["landmarks"]) == 478


def test_comments_from_a_photo_and_from_labels(capsys: pytest.CaptureFixture[str]) -> None:
    face = str(SAMPLES / "face.jpg")
    assert predict.main(["comment", face, "--json", "--seed", "1"]) == 0
    (photo,) = _json(capsys)
    assert predict.main(["comment", "--labels", "기쁨,안경", "--json", "--seed", "1"]) == 0
    (first,) = _json(capsys)
    assert predict.main(["comment", "--labels", "기쁨,안경", "--json", "--seed", "1"]) == 0
    (second,) = _json(capsys)
    assert photo["comments"]
    assert first["comments"] == second["comments"]


def test_plain_output_is_one_line_an_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert predict.main(["emotions", "너무 행복한 하루였어", "무서워서 잠을 못 잤어"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("\t너무 행복한 하루였어")


def test_a_missing_file_is_named_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert predict.main(["reviews", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err


def test_an_unknown_task_is_a_bad_command_line() -> None:
    with pytest.raises(SystemExit) as caught:
        predict.main(["songs"])
    assert caught.value.code == 2


def test_standard_input_through_the_real_program_never_loads_qt() -> None:
    code = (
        "import sys; from desktop.app.main import main; "
        "status = main(['predict', 'reviews', '--json']);"
        "sys.exit(3 if any(name.startswith('PySide6') for name in sys.modules) else status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="좋은 영화\n나쁜 영화\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["input"] for line in done.stdout.splitlines()] == [
        "좋은 영화",
        "나쁜 영화",
    ]


def test_selftest_answers_for_every_engine(capsys: pytest.CaptureFixture[str]) -> None:
    assert selftest.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == list(selftest.ENGINES)
    assert all(line.startswith("ok ") for line in lines)


def test_selftest_says_which_engine_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from engine.models import store

    store.forget()
    monkeypatch.setenv("MAUMGYEOL_MODELS", str(tmp_path))
    assert selftest.main(["digits"]) == 1
    assert capsys.readouterr().out.startswith("FAILED digits")
    store.forget()


def test_selftest_of_an_unknown_engine_is_refused() -> None:
    assert selftest.main(["songs"]) == 2
