"""The report of a teaching as a page that needs nothing else, or as a table of all pictures."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.core import files, paths
from engine.core.errors import InputError, Message
from engine.learning.labelled.results import KINDS, TeachReport
from engine.media import fonts

SUFFIXES = (".html", ".htm", ".csv")
MOST_LEFT_OUT = 1000
"""Rows of the page's list; the table has all of them."""

ROLES = {
    "learned": Message("배웠어요", "learned"),
    "asked": Message("시험했어요", "asked"),
    "both": Message("배우고 시험했어요 (교차 검증)", "cross-validated"),
    "left": Message("뺐어요", "left out"),
}

_WORDS = {
    "kind": Message("사진으로 가르치기", "Taught by pictures"),
    "model": Message("지금 모델", "Model so far"),
    "data": Message("자료", "Data"),
    "made": Message("만든 때", "Made"),
    "accuracy": Message("정확도", "Accuracy"),
    "macro_f1": Message("매크로 F1", "Macro F1"),
    "anchors": Message("원래 알던 것", "What was known"),
    "shipped": Message("기본 모델의 정확도", "Accuracy of the shipped model"),
    "before": Message("전", "Before"),
    "after": Message("후", "After"),
    "interval": Message("95 % 구간", "95 % interval"),
    "classes": Message("분류마다", "By class"),
    "label": Message("분류", "Class"),
    "listed": Message("찾은 사진", "Found"),
    "read": Message("읽은 사진", "Read"),
    "learned": Message("배운 사진", "Learned"),
    "asked": Message("시험한 사진", "Asked"),
    "recall": Message("재현율 (전 → 후)", "Recall (before to after)"),
    "precision": Message("정밀도 (전 → 후)", "Precision (before to after)"),
    "confusion": Message("혼동 행렬", "Confusion matrix"),
    "rows": Message("행은 라벨, 열은 답이에요.", "Rows are labels, columns answers."),
    "left_out": Message("뺀 사진", "Left out"),
    "none": Message("뺀 사진이 없어요.", "Nothing was left out."),
    "more": Message("나머지는 CSV 보고서에 있어요.", "The CSV report lists the others."),
    "name": Message("파일", "File"),
    "given": Message("라벨", "Label"),
    "role": Message("쓰임", "Role"),
    "why": Message("이유", "Why"),
    "beside": Message("함께 배운 고친 답", "Corrections learned beside them"),
    "earlier": Message("전에 배운 사진", "Pictures taught earlier"),
    "private": Message(
        "모든 계산은 이 컴퓨터에서 했어요. 사진은 어디에도 복사하지 않았어요.",
        "Everything was computed on this computer. No picture was copied anywhere.",
    ),
}


def check_place(path: Path) -> None:
    """Return if a report could be saved at *path* now: to be asked before the work.

    Raises:
        InputError: the suffix is none of ``SUFFIXES``.
        StorageError: the place cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"보고서는 .html이나 .csv로만 저장할 수 있어요: {path.name}",
            f"A report is saved as .html or .csv only: {path.name}",
        )
    files.check_writable(path)


def save(report: TeachReport, path: Path, language: str = "ko") -> None:
    """Write the report as .html or .csv.

    Raises:
        InputError: the suffix is neither.
        ModelMissingError: the Korean font is missing.
        StorageError: the file cannot be written; an existing one stays as it was.
    """
    from engine.reports import write

    path = Path(path)
    check_place(path)
    made = table if path.suffix.lower() == ".csv" else page
    write.save(path, made(report, language))


def table(report: TeachReport, language: str = "ko") -> bytes:
    """Return every picture with what became of it, as CSV in UTF-8 with its mark."""
    from engine.tables.write import safe

    target = io.StringIO(newline="")
    writer = csv.writer(target)
    names = ("name", "given", "role", "why", "before", "after")
    writer.writerow([_WORDS[name].text(language) for name in names])
    writer.writerows([safe(cell) for cell in row] for row in _rows(report, language))
    return target.getvalue().encode("utf-8-sig", "replace")


def _rows(report: TeachReport, language: str) -> Iterator[tuple[str, ...]]:
    for row in report.pictures:
        role = ROLES[row.role].text(language)
        yield row.name, row.label, role, "", row.before, row.after
    for gone in report.left_out:
        role = ROLES["left"].text(language)
        yield gone.name, gone.given, role, gone.why.text(language), "", ""


def page(report: TeachReport, language: str = "ko") -> bytes:
    """Return the report as one HTML file: escaped, without scripts, fonts inside.

    Raises:
        ModelMissingError: the Korean font is missing.
    """
    import jinja2
    from markupsafe import Markup

    folder = paths.resources_dir() / "report"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )
    values: dict[str, Any] = {
        "r": report,
        "language": language,
        "say": lambda message: message.text(language),
        "word": {name: message.text(language) for name, message in _WORDS.items()},
        "kinds": [(KINDS[kind].text(language), n) for kind, n in report.kinds().items()],
        "most": MOST_LEFT_OUT,
        "css": Markup((folder / "page.css").read_text(encoding="utf-8")),
    }
    template = environment.get_template("labelled.html")
    used = "".join(sorted(set(template.render(**values, regular="", bold=""))))
    cut = [base64.b64encode(fonts.subset(used, bold)).decode("ascii") for bold in (False, True)]
    return template.render(**values, regular=cut[0], bold=cut[1]).encode("utf-8", "replace")
