"""Files of rows: CSV, TSV, TXT, XLSX and Parquet, read row by row and written whole.

As many rows come out as a person counts in the file: blank ones between others are rows too.
"""

from engine.tables.layout import find_column
from engine.tables.read import SUFFIXES, Layout, Reader, Row, look, texts_of

__all__ = ["SUFFIXES", "Layout", "Reader", "Row", "find_column", "look", "texts_of"]
