"""Colours of sessions: seven expressions, and marks, that colour-blind people tell apart."""

from __future__ import annotations

LIGHT: dict[str, str] = {
    "행복": "#C77A00",
    "슬픔": "#0060A8",
    "분노": "#A82C00",
    "공포": "#8E2F6E",
    "놀람": "#2E9BD6",
    "혐오": "#007A5A",
    "중립": "#8A8F99",
}
"""By expression, on light grounds: the hues of Okabe and Ito (2008), darker."""

DARK: dict[str, str] = {
    "행복": "#F0B23A",
    "슬픔": "#3F7FD8",
    "분노": "#E8622A",
    "공포": "#F6B6DC",
    "놀람": "#5FBCEF",
    "혐오": "#2FB58A",
    "중립": "#7F8796",
}
"""The same on dark grounds."""

MARKS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Colours that marks are given in turn (Okabe and Ito 2008)."""


def bgr(colour: str) -> tuple[int, int, int]:
    """Return ``#RRGGBB`` as the picture's colours.

    >>> bgr("#0072B2")
    (178, 114, 0)
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return blue, green, red
