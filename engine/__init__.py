"""What the product knows: Korean text, faces, drawings and photos, without Qt."""

__version__ = "0.1.0"
