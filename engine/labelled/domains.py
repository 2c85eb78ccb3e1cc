"""What can be taught by labelled pictures, and what such a domain offers."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol, cast

from engine.errors import InputError, Message
from engine.images import Bgr
from engine.labelled.results import Prepared, Unfit
from engine.learning import LearnableDomain

MODULES = {"faces": "engine.faces.labelled", "digits": "engine.digits.labelled"}
"""By key, the module that is the domain."""


class Preparer(Protocol):
    """Turns pictures into what the domain's network reads; one thread at a time."""

    def prepare(self, image: Bgr) -> Prepared | Unfit:
        """Return what is stored of *image* (H, W, 3) uint8, or why it cannot be learned."""


class LabelledDomain(LearnableDomain, Protocol):
    """A domain that learns from labelled pictures; the module is the object."""

    class_names: Mapping[str, str]  # small letters -> one of ``labels``
    only_these: Message  # why other classes cannot be learned
    reads_with: tuple[str, ...]  # models in the manifest that an embedding depends on
    preparation: int  # raised when the way to an embedding changes

    def open_preparer(self) -> AbstractContextManager[Preparer]:
        """Load what prepares pictures."""


def domain_of(key: str) -> LabelledDomain:
    """Return the domain called *key*.

    Raises:
        InputError: there is none.
    """
    if key not in MODULES:
        known = ", ".join(MODULES)
        raise InputError(
            f"'{key}'은(는) 사진으로 가르칠 수 없어요. 가르칠 수 있는 것: {known}",
            f"'{key}' cannot be taught by labelled pictures. Known: {known}",
        )
    return cast(LabelledDomain, importlib.import_module(MODULES[key]))
