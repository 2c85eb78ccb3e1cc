"""Photo -> labels -> the comment that it would get on social media.

``pipeline.analyse`` looks at a photo, :func:`write` writes from labels.
"""

from __future__ import annotations

from engine.comments.result import CommentResult, PhotoFace, PhotoResult
from engine.comments.write.write import write

__all__ = ["CommentResult", "PhotoFace", "PhotoResult", "write"]
