"""The trained comment writer as CTranslate2 files in int8."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from training import torchvision_cpu


def export(model: Any, pieces: Path, out: Path) -> None:
    """Write the CTranslate2 model (int8) and its pieces into the folder *out*."""
    torchvision_cpu.prepare()
    from ctranslate2.converters import TransformersConverter

    vocabulary = _Vocabulary(pieces)

    class Converter(TransformersConverter):
        def load_tokenizer(self, *_: Any, **__: Any) -> _Vocabulary:
            return vocabulary

    with tempfile.TemporaryDirectory() as folder:
        model.eval().save_pretrained(folder)
        Converter(folder).convert(str(out), quantization="int8", force=True)
    shutil.copyfile(pieces, out / "pieces.model")


class _Vocabulary:
    """What the converter asks of a tokenizer: the pieces by id and the special ones."""

    pad_token, bos_token, eos_token, unk_token = "<pad>", "<s>", "</s>", "<unk>"

    def __init__(self, pieces: Path) -> None:
        import sentencepiece

        model = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
        self._pieces = [model.id_to_piece(i) for i in range(len(model))]

    def get_vocab(self) -> dict[str, int]:
        return {piece: i for i, piece in enumerate(self._pieces)}

    def convert_ids_to_tokens(self, index: int) -> str:
        return self._pieces[index]
