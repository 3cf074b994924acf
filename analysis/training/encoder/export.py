"""From a fine-tuned model to what ships: ``python -m analysis.training.encoder.export --model DIR --out DIR``.

Writes ``second.onnx`` (int8 weights, scaled as it runs) and ``second-tokenizer.json``. ONNX Runtime runs it one item at
a time, so that an answer never depends on what else was in the batch.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from torch import nn

from analysis.encoder.runtime import onnxruntime
from analysis.training.encoder.data import LABELS
from analysis.training.encoder.finetune import Judged
from analysis.training.encoder.model import Encoder, Shape


class Whole(nn.Module):
    """The model with all heads side by side: (length,) ids, case, segment → (labels of all heads,)."""

    def __init__(self, model: Judged) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Any, case: Any, segment: Any) -> Any:
        """One item, without padding."""
        x = self.model.encoder(ids[None], case[None], segment[None])[0]
        pooled = torch.cat((x[0], x.mean(0)))[None]
        return torch.cat([self.model.heads[name](pooled) for name in LABELS], 1)[0]


def load(folder: Path) -> Judged:
    """``judged.pt`` of :mod:`finetune`."""
    held = torch.load(folder / "judged.pt", weights_only=True)
    model = Judged(Encoder(Shape(**held["shape"])))
    model.load_state_dict(held["model"])
    return model.eval()


def main() -> None:
    """Export, quantise, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    import onnx

    onnxruntime()  # with its reports switched off, before anything else loads it
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = Whole(load(chosen.model)).eval()
    example = tuple(torch.randint(0, top, (37,)) for top in (9000, 3, 2))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        length = torch.export.Dim("length", min=4, max=140)
        torch.onnx.export(
            whole, example, str(plain), input_names=["ids", "case", "segment"], output_names=["logits"],
            dynamic_shapes=({0: length}, {0: length}, {0: length}), dynamo=True, external_data=False,
        )  # fmt: skip
        chosen.out.mkdir(parents=True, exist_ok=True)
        graph = onnx.load(plain)
        del graph.graph.value_info[:]  # the exporter's shapes contradict what the quantiser infers
        onnx.save(graph, plain)
        quantize_dynamic(
            plain, chosen.out / "second.onnx", weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )  # fmt: skip
    shutil.copyfile(chosen.tokenizer, chosen.out / "second-tokenizer.json")
    print({p.name: p.stat().st_size for p in chosen.out.glob("second*")})


if __name__ == "__main__":
    main()
