"""What the conversation says of its answers, in the window's language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.tabs.emotions_names import emotion_name
from desktop.tabs.save_json import save
from engine import saving
from engine.chat import Reply, Turn


def source_text(reply: Reply) -> tuple[str, str]:
    """Return where an answer comes from in a few words, and in full."""
    short = {
        "pairs": QCoreApplication.translate("chat", "비슷한 말에서 골랐어요"),
        "heard": QCoreApplication.translate("chat", "하신 말씀을 되짚었어요"),
        "generator": QCoreApplication.translate("chat", "새로 지었어요"),
        "rule": QCoreApplication.translate("chat", "정해 둔 답이에요"),
        "personal": QCoreApplication.translate("chat", "가르쳐 준 답이에요"),
    }[reply.source]
    if reply.source == "heard":
        return short, QCoreApplication.translate(
            "chat", "꼭 맞는 답을 찾지 못해서, 하신 말씀을 되짚고 더 여쭤봤어요."
        )
    if reply.source == "rule":
        return short, QCoreApplication.translate("chat", "사람이 미리 써 둔 답이에요.")
    lines = [short]
    if reply.matched:
        said = QCoreApplication.translate("chat", "비슷한 말: {text}")
        lines.append(said.format(text=reply.matched))
    if reply.source != "personal":
        sure = QCoreApplication.translate("chat", "확신 {percent}")
        lines.append(sure.format(percent=f"{reply.confidence:.0%}"))
        short = f"{short} · {lines[-1]}"
        lines.append(reply.model)
    return short, "\n".join(lines)


def as_text(turns: tuple[Turn, ...]) -> str:
    """Return a conversation as plain text, one line a sentence."""
    me = QCoreApplication.translate("chat", "나")
    it = QCoreApplication.translate("chat", "마음결")
    rows: list[str] = []
    for turn in turns:
        felt = f" ({emotion_name(turn.reply.emotion)})" if turn.reply.emotion else ""
        rows += [f"{me}{felt}: {turn.said}", f"{it}: {turn.reply.text}"]
    return "\n".join(rows) + "\n"


def write(turns: tuple[Turn, ...], target: Path) -> None:
    """Write a conversation as JSON or, with another ending, as plain text.

    Raises:
        StorageError: the file cannot be written.
    """
    if target.suffix.lower() == ".json":
        save({"turns": [turn.to_dict() for turn in turns]}, target)
    else:
        saving.write_whole(target, as_text(turns).encode())
