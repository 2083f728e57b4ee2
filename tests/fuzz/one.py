"""Fuzz one target for some seconds: `python -m tests.fuzz.one TARGET SECONDS FOLDER`, under atheris.

A finding does not end the fuzzing: its input is kept in `FOLDER/found`, one for each place in the code that raised it.
What hangs for 20 seconds or needs two gigabytes ends it, and libFuzzer keeps the input beside.
"""

import hashlib
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipelines"]):
    from tests.fuzz.targets import TARGETS, Parser, seeds

_DIGITS = re.compile(r"\d+")


def watched(parse: Parser, found: Path) -> Callable[[bytes], None]:
    """The parser, with what it raises kept as a file with its traceback beside it, once a place."""
    known: set[str] = set()

    def run(content: bytes) -> None:
        try:
            parse(content)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            frames = [f for f in traceback.extract_tb(error.__traceback__) if "/tests/fuzz/" not in f.filename]
            last = next((f for f in reversed(frames) if "/pipelines/" in f.filename), frames[-1] if frames else None)
            place = (
                f"{type(error).__name__} {last.filename}:{last.lineno}" if last else _DIGITS.sub("0", f"{error}")[:200]
            )
            if place not in known:
                known.add(place)
                name = hashlib.sha256(place.encode()).hexdigest()[:12]
                (found / name).write_bytes(content)
                (found / f"{name}.txt").write_text("".join(traceback.format_exception(error)))
                print(f"FOUND {place}: {error}"[:300], flush=True)

    return run


def main(name: str, seconds: str, folder: str) -> None:
    """Fuzz."""
    found, corpus = Path(folder) / "found", Path(folder) / "corpus"
    for made in (found, corpus):
        made.mkdir(parents=True, exist_ok=True)
    for seed in seeds(name):
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    options = [
        f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=8192", "-print_final_stats=1",
        f"-artifact_prefix={found}/", "-verbosity=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], watched(TARGETS[name].parse, found))
    atheris.Fuzz()


main(*sys.argv[1:])
