"""Labelled pictures -> a personal model: a table or a folder a class, checked, learned, judged.

listing = look(Path("my-faces"), "faces")          # what is there, nothing decoded yet
material = read(listing, Progress())               # each picture checked and embedded
proposal = teach(material, library, Progress())    # fitted and tried on unseen pictures
print(proposal.report.reason.ko, proposal.report.left_out)
accept(proposal)                                   # or not: until now nothing has changed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.learning.labelled.results import LeftOut, Listing, Outcome, TeachReport

if TYPE_CHECKING:
    from engine.learning.labelled.listing import look
    from engine.learning.labelled.reading import Material, read
    from engine.learning.labelled.teaching import Proposal, accept, teach

__all__ = [
    "LeftOut", "Listing", "Material", "Outcome", "Proposal", "TeachReport",
    "accept", "look", "read", "teach",
]  # fmt: skip

_LAZY = {
    "look": "listing",
    "Material": "reading",
    "read": "reading",
    "Proposal": "teaching",
    "accept": "teaching",
    "teach": "teaching",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_LAZY[name]}"), name)
