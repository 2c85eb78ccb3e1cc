"""Errors that a person can act on, each said in Korean and in English."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """One sentence in both of the languages that the product speaks."""

    ko: str
    en: str

    def text(self, language: str = "ko") -> str:
        """Return the sentence in *language* (``"ko"`` or ``"en"``)."""
        return self.ko if language == "ko" else self.en


def joined(*messages: Message | None) -> Message | None:
    """Return several sentences as one message, or ``None`` where there is none.

    >>> joined(None, Message("하나.", "One."), Message("둘.", "Two."))
    Message(ko='하나. 둘.', en='One. Two.')
    """
    said = [message for message in messages if message is not None]
    if not said:
        return None
    return Message(" ".join(one.ko for one in said), " ".join(one.en for one in said))


class MaumgyeolError(Exception):
    """Base of every error that is shown to the user.

    ``str(error)`` is the English sentence (command line, log); the window shows
    ``error.message.text(language)``.
    """

    def __init__(self, ko: str, en: str) -> None:
        self.message = Message(ko, en)
        super().__init__(en)

    def __reduce__(self) -> tuple[type[MaumgyeolError], tuple[str, str]]:
        return type(self), (self.message.ko, self.message.en)


class InputError(MaumgyeolError):
    """What the user gave cannot be read or is not what is asked for."""


class ModelMissingError(MaumgyeolError):
    """A model is nowhere to be found, or could not be fetched."""


class ModelCorruptError(MaumgyeolError):
    """A model file differs from what the manifest promises."""


class DownloadError(MaumgyeolError):
    """A file that the user asked for could not be fetched from its server."""


class CameraError(MaumgyeolError):
    """A camera, video file or stream cannot be opened or has stopped."""


class StorageError(MaumgyeolError):
    """The user's data folder or a target file cannot be written."""
