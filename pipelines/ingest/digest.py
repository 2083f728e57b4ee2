"""Digests as WARC files write them: `sha1:` and the hash in base 32, 16 or 64."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable

_KNOWN = frozenset(("md5", "sha1", "sha256", "sha384", "sha512"))


def fits(labelled: str, contents: Iterable[bytes]) -> bool | None:
    """Whether a digest is that of one of some bytes; null where its algorithm or its spelling is not known."""
    name, _, value = labelled.strip().partition(":")
    algorithm = name.strip().lower().replace("-", "")
    if algorithm not in _KNOWN:
        return None
    expected = _decoded(value.strip(), hashlib.new(algorithm, usedforsecurity=False).digest_size)
    if expected is None:
        return None
    return any(hashlib.new(algorithm, content, usedforsecurity=False).digest() == expected for content in contents)


def _decoded(value: str, size: int) -> bytes | None:
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: bytes.fromhex(value),
        lambda: base64.b32decode(_padded(value.upper(), 8)),
        lambda: base64.urlsafe_b64decode(_padded(value.replace("+", "-").replace("/", "_"), 4)),
    )
    for way in ways:
        try:
            if len(found := way()) == size:
                return found
        except (ValueError, binascii.Error):
            continue
    return None


def _padded(value: str, group: int) -> str:
    bare = value.rstrip("=")
    return bare + "=" * (-len(bare) % group)
