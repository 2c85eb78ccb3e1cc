"""What the product knows: Korean text, faces, drawings and photos, without Qt."""

from engine.core.privacy import close_doors

__version__ = "0.1.0"

close_doors()  # before any library that would report home can be imported
