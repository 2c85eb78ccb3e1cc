"""Read a PyTorch checkpoint's weights without PyTorch, and without trusting the file.

A ``.pt`` file is a zip: a pickle that describes the modules, and each tensor's raw bytes. A
pickle may name any function to be called, so this reader knows a handful of harmless names
only: module classes become empty :class:`Part` objects, nothing is imported, and any other
name ends the reading.
"""

from __future__ import annotations

import collections
import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.core.errors import ModelCorruptError

Array = npt.NDArray[Any]

MOST_DESCRIPTION = 16_000_000
"""Bytes that the pickle may have; a detector's has some 100,000."""

MOST_WEIGHTS = 1_000_000_000
"""Bytes that all tensors together may have."""

_MODULES = ("torch.nn.modules.", "ultralytics.")
_STORAGES = {
    "HalfStorage": np.float16, "FloatStorage": np.float32, "DoubleStorage": np.float64,
    "ByteStorage": np.uint8, "CharStorage": np.int8, "ShortStorage": np.int16,
    "IntStorage": np.int32, "LongStorage": np.int64, "BoolStorage": np.bool_,
}  # fmt: skip


class Part:
    """A module of the network: its attributes, whatever its class would have done with them."""

    kind = ""
    """Name of the class that it was, for example ``Conv``."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Take what the class would have been called with, and do nothing."""

    def tensor(self, name: str) -> Array | None:
        """Return a parameter or buffer; None where the module has none of that name.

        Raises:
            KeyError: the module has no tensors at all.
        """
        found = self.__dict__["_parameters"].get(name)
        found = self.__dict__["_buffers"].get(name) if found is None else found
        return found if isinstance(found, np.ndarray) else None

    def child(self, name: str) -> Part:
        """Return a module inside this one.

        Raises:
            KeyError: there is none of that name.
        """
        found = self.__dict__["_modules"][name]
        if not isinstance(found, Part):
            raise KeyError(name)
        return found

    def children(self) -> list[Part]:
        """Return the modules inside this one, in order."""
        return [self.child(name) for name in self.__dict__["_modules"]]

    def value(self, name: str, default: Any = None) -> Any:
        """Return a plain attribute."""
        return self.__dict__.get(name, default)


def read(path: Path) -> dict[str, Any]:
    """Return what the checkpoint holds: modules as :class:`Part`, tensors as arrays.

    Raises:
        ModelCorruptError: this is no checkpoint, it is damaged, or it asks for a name that
            has no business in one.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            found = _Reader(archive).load()
    except ModelCorruptError:
        raise
    except Exception as error:  # a damaged pickle fails in any way there is
        raise corrupt(path.name, f"{type(error).__name__}: {error}") from error
    if not isinstance(found, dict):
        raise corrupt(path.name, "no table of weights inside")
    return found


def corrupt(name: str, why: str) -> ModelCorruptError:
    """Return the error that says that a checkpoint cannot be used, and why."""
    return ModelCorruptError(
        f"사물 모델 파일을 쓸 수 없어요: {name}. 모델 관리에서 지우고 다시 받아 주세요.",
        f"The detector's file {name} cannot be used ({why}). "
        "Remove it in the model manager and download it again.",
    )


class _Reader(pickle.Unpickler):
    """An unpickler that knows few names and builds nothing but parts, arrays and tables."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        names = [name for name in archive.namelist() if name.endswith("/data.pkl")]
        if len(names) != 1:
            raise ValueError("no description of a network inside")
        self._archive, self._root = archive, names[0].removesuffix("data.pkl")
        self._left = MOST_WEIGHTS
        self._kinds: dict[str, type[Part]] = {}
        self._storages: dict[str, Array] = {}
        super().__init__(io.BytesIO(self._member("data.pkl", MOST_DESCRIPTION)))

    def _member(self, name: str, most: int) -> bytes:
        info = self._archive.getinfo(self._root + name)
        if info.compress_type != zipfile.ZIP_STORED or info.file_size > most:
            raise ValueError(f"{name} is packed or too large")
        return self._archive.read(info)

    def find_class(self, module: str, name: str) -> Any:
        """Return the harmless stand-in for a name; nothing is ever imported."""
        known = _HARMLESS.get((module, name))
        if known is not None:
            return known
        if module == "torch" and name in _STORAGES:
            return _Storage(name)
        if module.startswith(_MODULES):
            made = self._kinds.get(name)
            if made is None:
                made = self._kinds[name] = type("Part", (Part,), {"kind": name})
            return made
        raise pickle.UnpicklingError(f"the file asks for {module}.{name}")

    def persistent_load(self, pid: Any) -> Array:
        """Return a storage's numbers, from its own member of the zip."""
        _, storage, key, _, count = pid
        if key not in self._storages:
            kind = np.dtype(_STORAGES[storage.name]).newbyteorder("<")
            raw = self._member(f"data/{int(key)}", self._left)
            self._left -= len(raw)
            self._storages[key] = np.frombuffer(raw, kind, count=int(count))
        return self._storages[key]


class _Storage:
    """Names the kind of numbers in a storage."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class _Tensor:
    """Makes an array out of a storage, as ``torch._utils._rebuild_tensor_v2`` would."""

    __slots__ = ()

    def __call__(
        self, storage: Array, start: int, shape: tuple[int, ...], steps: tuple[int, ...], *_: object
    ) -> Array:
        size = int(np.prod(shape, dtype=np.int64))
        last = start + sum((n - 1) * step for n, step in zip(shape, steps, strict=True))
        if min((start, *shape, *steps)) < 0 or size > storage.size or last >= storage.size:
            raise ValueError("a tensor reaches outside of its storage")
        inside = storage[start:]
        strides = [step * storage.itemsize for step in steps]
        return np.lib.stride_tricks.as_strided(inside, shape, strides, writeable=False)


class _Parameter:
    """Returns the tensor that a parameter wraps."""

    __slots__ = ()

    def __call__(self, tensor: Array, *_: object) -> Array:
        return tensor


_HARMLESS: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): collections.OrderedDict,
    ("builtins", "set"): set,
    ("__builtin__", "set"): set,
    ("torch", "Size"): tuple,
    ("torch._utils", "_rebuild_tensor_v2"): _Tensor(),
    ("torch._utils", "_rebuild_parameter"): _Parameter(),
}
