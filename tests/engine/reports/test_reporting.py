"""Reports end to end with the real models: the figures in the page are the metrics' own."""

from __future__ import annotations

import base64
import io
import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from engine.core.errors import InputError, StorageError
from engine.core.jobs import Cancelled, Progress
from engine.emotions import LABELS as SEVEN
from engine.media import fonts
from engine.reports import html as page
from engine.reports import write
from engine.reports.report import Report
from engine.reports.scoring import score
from tests.engine import report_sets


class Page(HTMLParser):
    """Collects what a page holds: tags, attributes, and text by the section's id."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text: dict[str, list[str]] = {"": []}
        self._place = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "section":
            self._place = dict(attrs).get("id") or ""

    def handle_data(self, data: str) -> None:
        if self.lasttag != "style" and data.strip():
            self.text.setdefault(self._place, []).append(data.strip())


def made(task: str, data: Path, out: Path, **more: str) -> tuple[Report, Page]:
    """Write a report as HTML and read it again."""
    report = write.make(task, [data], out, **more)  # type: ignore[arg-type]
    return report, Page(out.read_bytes())


def data_of(task: str, folder: Path) -> Path:
    """Write the small set of a task."""
    if task == "digits":
        return report_sets.digits(folder / "digits")
    name = "faces.zip" if task == "faces" else f"{task}.tsv"
    written: Path = getattr(report_sets, task)(folder / name)
    return written


LABELS = {
    "reviews": ("부정", "긍정"),
    "emotions": SEVEN,
    "faces": SEVEN,
    "digits": tuple("0123456789"),
}


@pytest.mark.parametrize("task", list(LABELS))
def test_a_page_holds_the_figures_and_the_metrics(task: str, tmp_path: Path) -> None:
    data = data_of(task, tmp_path)
    report, found = made(task, data, tmp_path / "r.html")
    metrics = score(task, [data]).metrics()
    assert report.scores.accuracy == metrics["accuracy"]
    assert report.scores.ece == pytest.approx(metrics["ece"])
    summary = found.text["summary"]
    assert f"{metrics['accuracy']:.1%}" in summary and f"{metrics['ece']:.3f}" in summary
    assert f"{metrics['macro_f1']:.3f}" in summary and f"{metrics['n']:,}" in summary
    cells = found.text["classes"][found.text["classes"].index("개수") + 1 :]
    for label, row in metrics["per_class"].items():  # type: ignore[attr-defined]
        shown = [f"{row[name]:.3f}" for name in ("precision", "recall", "f1")]
        line, cells = cells[:5], cells[5:]
        assert line == [label, *shown, str(row["support"])]
    for label in LABELS[task]:
        assert label in found.text["confusion"]
    assert f"ECE {metrics['ece']:.4f}" in found.text["reliability"]
    assert found.tags.count("svg") >= 5 and metrics["model"] in found.text[""]
    assert data.name in found.text[""] and str(tmp_path) not in (tmp_path / "r.html").read_text()
    assert any(line.startswith(f"maumgyeol report {task} --data") for line in found.text["repeat"])
    assert report.cards and report.cards[0].name in found.text["card"]


def test_the_confusion_matrix_is_drawn_as_it_was_counted(tmp_path: Path) -> None:
    data = report_sets.digits(tmp_path / "set")
    report, found = made("digits", data, tmp_path / "r.html")
    assert report.matrix[1][7] == 1 and report.matrix[1][1] == 1 and report.matrix[7][7] == 1
    assert found.text["confusion"].count("50%") == 2 and found.text["confusion"].count("100%") == 9
    (mistake,) = report.mistakes
    assert (mistake.truth, mistake.answer, mistake.name) == ("1", "7", "1/seven.png")
    pictures = [v for n, v in found.attributes if n == "src" and v.startswith("data:image/png")]
    shown = Image.open(io.BytesIO(base64.b64decode(pictures[0].split(",")[1])))
    assert len(pictures) == 1 and max(shown.size) == 112


def test_ratings_give_stars_kappa_and_three_verdicts(tmp_path: Path) -> None:
    data = report_sets.rated(tmp_path / "rated.tsv")
    report, found = made("reviews", data, tmp_path / "r.html", mode="instant")
    metrics = score("reviews", [data], mode="instant").metrics()
    assert report.scores.n == 5 and report.data.rated_only == 1 and report.scores.stars_n == 6
    assert report.scores.stars_mae == metrics["stars_mae"]
    assert f"{metrics['stars_mae']:.2f}" in found.text["summary"]
    assert f"{metrics['quadratic_kappa']:.3f}" in found.text["summary"]
    assert sum(map(sum, report.verdicts)) == 6 and "중립" in found.text["three_way"]
    assert sum(count for _, _, count in report.rated) == 6 and report.mode == "즉시"
    wrong = [m for m in report.mistakes if m.text.startswith("최악")]
    assert len(wrong) == 1 and wrong[0].text in found.text["mistakes"]


def test_markup_in_the_data_stays_text(tmp_path: Path) -> None:
    name = "<b>R&D set.tsv" if sys.platform != "win32" else "R&D set.tsv"
    data = report_sets.reviews(tmp_path / name, ((report_sets.EVIL, "0"), ("글", "<i>기쁨</i>")))
    title = "</title><script>alert(2)</script>"
    report, found = made("reviews", data, tmp_path / "r.html", title=title, mode="instant")
    assert any("<script>" in mistake.text for mistake in report.mistakes)
    assert report_sets.EVIL in found.text["mistakes"] and title in found.text[""]
    assert any("<i>기쁨</i> 1" in text for text in found.text["data"])
    assert not {"script", "i", "iframe"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    links = [v for n, v in found.attributes if n in ("src", "href", "xlink:href")]
    assert all(v.startswith(("data:", "#", "https://")) for v in links)
    policy = [v for n, v in found.attributes if n == "content" and "default-src" in v]
    assert policy and "script-src" not in policy[0] and "default-src 'none'" in policy[0]


def test_markup_in_a_card_is_shown_and_not_run() -> None:
    html = page.markdown(
        "# 카드\n\n<script>x</script> [a](javascript:x) **굵게**\n\n|a|b|\n|-|-|\n|1|2|\n"
    )
    assert "<script" not in html and 'href="javascript' not in html
    assert "<strong>굵게</strong>" in html and "<table>" in html


def test_a_page_needs_nothing_else_and_follows_the_theme(tmp_path: Path) -> None:
    made("reviews", report_sets.reviews(tmp_path / "a.tsv"), tmp_path / "r.html", mode="instant")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "prefers-color-scheme: dark" in text and "@media print" in text
    assert not re.search(r"(?:src|url\()\s*=?\s*[\"']?https?:", text)
    assert "var(--accent)" in text and "#5156c8" not in text[text.index("</style>") :]
    assert text.count("@font-face") == 2 and len(text) < 1_500_000


def test_one_label_only_is_told(tmp_path: Path) -> None:
    path = tmp_path / "one.tsv"
    path.write_text("text\tlabel\n최고예요\t1\n정말 좋아요\t1\n\t1\n", encoding="utf-8")
    report, found = made("reviews", path, tmp_path / "r.html", mode="instant")
    notes = " ".join(report.notes)
    assert "'긍정' 하나뿐" in notes and "답하지 못한" in notes and "3개뿐" in notes
    assert report.scores.unanswered == 1 and report.data.unanswered[0][0] == "4"
    assert [row[0] for row in report.scores.classes] == ["긍정"]
    assert report.notes[0] in found.text["summary"]


def test_a_row_of_a_megabyte_is_one_without_an_answer(tmp_path: Path) -> None:
    data = report_sets.reviews(
        tmp_path / "a.tsv", (("가" * 1_000_000, "1"), ("나\0쁘지 않아요", "1"))
    )
    report, found = made("reviews", data, tmp_path / "r.html", mode="instant")
    assert report.scores.unanswered == 1 and report.scores.n == 8
    assert "너무 길어요" in " ".join(found.text["data"])
    assert (tmp_path / "r.html").stat().st_size < 2_000_000


def test_nothing_answered_is_a_report_too(tmp_path: Path) -> None:
    path = tmp_path / "blank.tsv"
    path.write_text("text\tlabel\n\t1\n \t0\n", encoding="utf-8")
    report, found = made("reviews", path, tmp_path / "r.html", mode="instant")
    assert report.scores.accuracy == 0 and report.coverage == () and report.mistakes == ()
    assert "coverage" not in found.text and "틀린 답이 없어요." in found.text["mistakes"]
    write.make("reviews", [path], tmp_path / "r.pdf", mode="instant")
    assert len(PdfReader(tmp_path / "r.pdf").pages) >= 2


@pytest.mark.parametrize("task", ["reviews", "faces"])
def test_the_pdf_has_the_same_content_as_text(task: str, tmp_path: Path) -> None:
    data = data_of(task, tmp_path)
    report = write.make(task, [data], tmp_path / "r.pdf")
    reader = PdfReader(tmp_path / "r.pdf")
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    for words in ("혼동 행렬", "신뢰도 그림", "라벨별 성적", "가장 자신 있게 틀린 것", "모델 카드"):
        assert words in text
    assert f"{report.scores.accuracy:.1%}" in text and report.model in text and data.name in text
    for label, *shares, _ in report.scores.classes:
        assert f"{label} {' '.join(f'{share:.3f}' for share in shares)}" in text
    for mistake in report.mistakes:
        assert fonts.printable(mistake.text) in text
    assert any(image for sheet in reader.pages for image in sheet.images)
    assert reader.metadata is not None and reader.metadata.title == report.title


def test_markup_and_emoji_in_a_pdf_are_text(tmp_path: Path) -> None:
    data = report_sets.reviews(tmp_path / "a.tsv", ((report_sets.EVIL, "0"), ("최고 😊𒀀", "0")))
    write.make("reviews", [data], tmp_path / "r.pdf", title="<b>제목</b> &amp;", mode="instant")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "r.pdf").pages)
    assert "<b>제목</b> &amp;" in text and "<script>" in text and "최고 😊□" in text


def test_english_words_around_korean_labels(tmp_path: Path) -> None:
    data = report_sets.reviews(tmp_path / "a.tsv")
    report, found = made("reviews", data, tmp_path / "r.html", language="en", mode="instant")
    assert "Confusion matrix" in found.text["confusion"] and "긍정" in found.text["confusion"]
    assert report.title == "Review sentiment · Model report"


@pytest.mark.parametrize("name", ["r.txt", "r", "r.docx"])
def test_other_kinds_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.html or \.pdf"):
        write.make("reviews", [report_sets.reviews(tmp_path / "a.tsv")], tmp_path / name)


def test_an_unknown_task_or_mode_is_refused(tmp_path: Path) -> None:
    data = [report_sets.reviews(tmp_path / "a.tsv")]
    with pytest.raises(InputError, match="no report of 'comments'"):
        write.make("comments", data, tmp_path / "r.html")
    with pytest.raises(InputError, match="no mode 'fast'"):
        write.make("reviews", data, tmp_path / "r.html", mode="fast")
    assert not (tmp_path / "r.html").exists()


@pytest.mark.parametrize("kind", ["no folder", "a file", "a folder", "locked"])
def test_places_that_cannot_be_written_are_told_before_the_work(kind: str, tmp_path: Path) -> None:
    data = [report_sets.reviews(tmp_path / "a.tsv")]
    target = tmp_path / "r.html"
    if kind == "no folder":
        target = tmp_path / "none" / "r.html"
    elif kind == "a file":
        target = data[0] / "r.html"
    elif kind == "a folder":
        target.mkdir()
    else:
        if os.name == "nt" or os.geteuid() == 0:
            pytest.skip("permissions do not bind this user")
        (tmp_path / "locked").mkdir(mode=0o500)
        target = tmp_path / "locked" / "r.html"
    told: list[float | None] = []
    with pytest.raises(StorageError):
        write.make("reviews", data, target, progress=Progress(lambda f, m: told.append(f)))
    assert told == []


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit of size there")
def test_where_there_is_no_room_the_old_report_stays(tmp_path: Path) -> None:
    import resource

    target = tmp_path / "r.html"
    target.write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(StorageError):
            write.save(target, b"new" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert target.read_text() == "old"
    assert [path for path in tmp_path.iterdir() if path.is_file()] == [target]


def test_a_cancelled_report_leaves_no_file(tmp_path: Path) -> None:
    progress = Progress(lambda fraction, message: (fraction or 0) > 0.5 and progress.cancel())
    with pytest.raises(Cancelled):
        write.make("digits", [report_sets.digits(tmp_path / "set")], tmp_path / "r.html",
                   progress=progress)  # fmt: skip
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".html", ".part")] == []


def test_progress_never_goes_back(tmp_path: Path) -> None:
    told: list[float] = []
    progress = Progress(lambda fraction, message: told.append(fraction or 0.0))
    write.make("digits", [report_sets.digits(tmp_path / "set")], tmp_path / "r.pdf",
               progress=progress)  # fmt: skip
    assert told[-1] == 1.0 and [f for f in told if f] == sorted(f for f in told if f)
