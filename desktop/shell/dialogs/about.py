"""The two dialogs of the help menu: about the program and its models, and the log."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__, theme
from desktop.app import external, logs
from desktop.app.context import AppContext
from desktop.theme import icons
from desktop.widgets.buttons import Button
from desktop.widgets.labels import Label
from engine.core import paths
from engine.core.errors import MaumgyeolError
from engine.models import manifest


class AboutDialog(QDialog):
    """What the program is, and each model with its card and licence."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("마음결 정보"))
        self._context = context
        self._list = QListWidget()
        self._list.setObjectName("aboutList")
        self._list.setMaximumWidth(theme.px(220))
        self._text = QTextBrowser()
        self._text.setObjectName("aboutText")
        external.open_links(self._text)
        self._texts: list[str] = []
        self._fill()
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)
        self._lay_out()

    def _lay_out(self) -> None:
        logo = QLabel()
        logo.setPixmap(icons.app_icon().pixmap(theme.px(44), theme.px(44)))
        words = QVBoxLayout()
        words.addWidget(Label(self.tr("마음결"), "title"))
        words.addWidget(
            Label(
                self.tr("버전 {version} · 모든 계산은 이 컴퓨터 안에서 이루어져요.").format(
                    version=__version__
                ),
                "subtitle",
            )
        )
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(logo)
        head.addLayout(words, 1)
        middle = QHBoxLayout()
        middle.addWidget(self._list)
        middle.addWidget(self._text, 1)
        close = Button(self.tr("닫기"), role="primary")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        side = theme.px(20)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(14))
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.px(820), theme.px(560))

    def _fill(self) -> None:
        self._add(self.tr("프로그램"), self._program())
        try:
            entries = manifest.entries().values()
        except MaumgyeolError as error:
            self._add(self.tr("모델"), self._context.error_text(error))
            return
        for entry in entries:
            facts = self.tr("버전 {version} · 허가 {licence} · {size:.1f} MB").format(
                version=entry.version, licence=entry.licence, size=entry.bytes / 1e6
            )
            card = paths.models_dir() / "cards" / f"{entry.name}.md"
            text = card.read_text(encoding="utf-8") if card.is_file() else f"# {entry.name}"
            self._add(entry.name, f"{text}\n\n---\n\n{facts}\n")

    def _program(self) -> str:
        return self.tr(
            "# 마음결\n\n한국어 글, 얼굴, 그림에서 마음을 읽는 데스크톱 스튜디오예요. 사진과 글은 "
            "이 컴퓨터를 떠나지 않아요.\n\n"
            "마음결은 AGPL-3.0-or-later로 배포하는 자유 소프트웨어예요. 다음을 함께 써요: "
            "Qt와 PySide6 (LGPL-3.0), 나눔고딕 (OFL-1.1), MediaPipe (Apache-2.0), "
            "ONNX Runtime (MIT), CTranslate2 (MIT), scikit-learn (BSD-3-Clause), KoNLPy "
            "(GPL-3.0).\n\n왼쪽에서 모델을 고르면 무엇으로 배웠고 얼마나 맞는지 볼 수 있어요."
        )

    def select(self, title: str) -> None:
        """Show the page called *title*."""
        for item in self._list.findItems(title, Qt.MatchFlag.MatchExactly):
            self._list.setCurrentItem(item)

    def _add(self, title: str, text: str) -> None:
        self._list.addItem(title)
        self._texts.append(text)

    def _show(self, row: int) -> None:
        self._text.setMarkdown(self._texts[row])


class LogDialog(QDialog):
    """The end of the log file, to be read and copied."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("로그"))
        text = QPlainTextEdit()
        text.setObjectName("logText")
        text.setReadOnly(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setPlainText(logs.tail(path) or self.tr("아직 아무것도 적히지 않았어요."))
        copy = Button(self.tr("복사"), "copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text.toPlainText()))
        folder = Button(self.tr("폴더 열기"), "folder")
        folder.clicked.connect(lambda: external.open_outside(path.parent))
        close = Button(self.tr("닫기"), role="primary")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(folder)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(Label(str(path), "small", selectable=True))
        column.addWidget(text, 1)
        column.addLayout(buttons)
        self.resize(theme.px(820), theme.px(520))
