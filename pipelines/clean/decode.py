"""Bytes to text, as a browser would: byte order mark, declared charset, and only then a guess.

Labels are resolved as the WHATWG Encoding Standard has it (https://encoding.spec.whatwg.org/): "iso-8859-1" and
"ascii" mean windows-1252, "gb2312" means gbk.
"""

import codecs
import re

from charset_normalizer import from_bytes

from pipelines.clean.rejected import Rejected

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# The superset that browsers read for a label, by Python's name of the label; WHATWG Encoding Standard, section 4.2.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-7": "cp1252",  # browsers refuse UTF-7; it carries markup past filters
}
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s{0,20}=\s{0,20}["']?\s{0,20}([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s{0,40}<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9_.:-]{2,40})""")
_WIDE = re.compile(r"[^\x00-\x7f\ufffd]")
_PRESCAN = 4096  # browsers read 1,024 bytes; pages that declare later are common

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# Bytes that no text has; WHATWG MIME Sniffing, "binary data byte".
_BINARY = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_SAMPLE = 65_536
_BINARY_SHARE = 0.03  # random bytes have 0.1; damaged text stays well below
_UTF16_SHARE = 0.4  # of every second byte is NUL in Latin text as UTF-16


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of `content` and the name of its encoding.

    A declared charset is believed while the bytes bear it out; valid UTF-8 with letters beyond ASCII beats a declared
    single-byte charset, since no other text looks like it by chance. What cannot be decoded becomes U+FFFD.

    Args:
        content: the bytes of a page or a text.
        declared: charset of the Content-Type header, if there was one.

    Raises:
        Rejected: `binary` where the bytes are no text.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace"), name
    if wide := _utf16(content):
        return content.decode(wide, "replace"), wide
    _refuse_binary(content)
    stated = (declared, _declared_inside(content))
    labels = [known for label in stated if label and (known := _codec(label))]
    for codec in [*_utf8_first(content), *labels, "utf-8"]:
        if (text := _strictly(content, codec)) is not None:
            return text, codec
    if labels:
        text = content.decode(labels[0], "replace")
        if not (labels[0] == "utf-8" and _is_mislabelled(text)):
            return text, labels[0]
    return _guess(content)


def _is_mislabelled(text: str) -> bool:
    """Whether text read as UTF-8 has no character of more than one byte, but bytes before its end that are none."""
    return "\ufffd" in text.rstrip("\ufffd") and not _WIDE.search(text)


def _utf8_first(content: bytes) -> list[str]:
    return [] if content.isascii() else ["utf-8"]


def _strictly(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _codec(label: str) -> str | None:
    """Python's name of the codec that a browser takes for a label; null for a label that means nothing."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"  # the label was read as ASCII, so the page is not UTF-16 (WHATWG HTML, 13.2.3.2)
    try:
        "".encode(name)
        b"".decode(name)
    except (LookupError, ValueError):
        return None  # base64 and the like are codecs of Python, not charsets
    return _SUPERSETS.get(name, name)


def _declared_inside(content: bytes) -> str | None:
    head = content[:_PRESCAN]
    found = _XML.search(head) or _META.search(head)
    return found.group(1).decode("ascii") if found else None


def _utf16(content: bytes) -> str | None:
    """UTF-16 without a mark, told by where the NULs are."""
    sample = content[:_SAMPLE]
    half = len(sample) // 2
    if half < 2:  # noqa: PLR2004 - two characters show a rhythm
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _UTF16_SHARE and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > _UTF16_SHARE and odd < even / 10 else None


def _refuse_binary(content: bytes) -> None:
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise Rejected("binary", f"the content is {what}")
    sample = content[:_SAMPLE]
    strange = len(sample) - len(sample.translate(None, _BINARY))
    if strange > _BINARY_SHARE * len(sample):
        raise Rejected("binary", f"{strange} of the first {len(sample)} bytes occur in no text")


def _guess(content: bytes) -> tuple[str, str]:
    best = from_bytes(content[:_SAMPLE]).best()
    name = (_codec(best.encoding) if best else None) or "cp1252"
    return content.decode(name, "replace"), name
