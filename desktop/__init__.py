"""The Qt window: what a person sees and touches. It imports the engine, never the reverse."""

from engine import __version__

__all__ = ["__version__"]
