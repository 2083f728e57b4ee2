"""Files and folders as captures."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from pipelines.commits import COMMITS
from pipelines.ingest import registry
from pipelines.ingest.piece import BrokenContainerError, Piece
from pipelines.schemas import Capture


def find(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files to take in, in order, and the files of folders that are left out for their name.

    A file named outright is taken whatever its name; of a folder those whose suffix is one of news formats, packed or
    not. Hidden files and links inside folders are not followed, and the lake's own tables are nobody's news.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    taken: list[Path] = []
    left: list[Path] = []
    for path in paths:
        if path.is_dir():
            lakes = {found.parent for found in path.rglob(COMMITS)}
            for file in sorted(f for f in path.rglob("*") if f.is_file() and not f.is_symlink()):
                inside = str(file.relative_to(path))
                if not (any(part.startswith(".") for part in inside.split("/")) or lakes.intersection(file.parents)):
                    (taken if registry.is_named_as_news(inside) else left).append(file)
        elif path.exists():
            taken.append(path)
        else:
            raise FileNotFoundError(f"{path}: no such file or folder")
    return taken, left


def captures(file: Path, now: datetime, limit: int) -> Iterator[Capture]:
    """The captures of a file; one that cannot be read gives a capture with its problem, and what came before stays."""
    try:
        with file.open("rb") as stream:
            try:
                for piece in registry.read(stream, limit):
                    yield capture(piece, printable(file), now)
            except BrokenContainerError as broken:
                yield capture(_whole_file(file, limit, broken), printable(file), now)
    except OSError as error:
        piece = Piece(b"", "application/octet-stream", problem="unreadable", detail=error.strerror or str(error))
        yield capture(piece, printable(file), now)


def printable(file: Path) -> str:
    r"""A path as text that can be kept: a name need not be UTF-8, and what of it is not is shown as `\xe9`."""
    return os.fsencode(file).decode("utf-8", "backslashreplace")


def _whole_file(file: Path, limit: int, broken: BrokenContainerError) -> Piece:
    content = file.read_bytes() if file.stat().st_size <= limit else b""
    kind = "application/gzip" if content.startswith(b"\x1f\x8b") else "application/octet-stream"
    return Piece(content, kind, problem=broken.problem, detail=broken.detail)  # type: ignore[arg-type]


def capture(piece: Piece, source: str, now: datetime) -> Capture:
    """A document as a capture, from where `source` says."""
    # What has no bytes of its own is told apart by where it stands: two empty files are two findings.
    address = piece.url or (source + piece.place if not piece.content else "")
    return {
        "capture_id": hashlib.sha256(address.encode() + b"\0" + piece.content).hexdigest()[:32],
        "sha256": hashlib.sha256(piece.content).hexdigest(),
        "content": piece.content,
        "media_type": piece.media_type,
        "source": source + piece.place,
        "url": piece.url,
        "captured_at": piece.captured_at or now,
        "content_type": piece.content_type,
        "stated": piece.stated,
        "problem": piece.problem,
        "detail": piece.detail,
    }
