"""Characters that carry no text: taken out or made plain before anything else reads the document."""

import re
import unicodedata

# Zero-width and bidirectional controls; ZWNJ and ZWJ (U+200C, U+200D) stay, as Persian, Indic scripts and emoji need
# them. Unicode Standard Annex #9 (bidi) and chapter 23.2 (layout controls).
_INVISIBLE = dict.fromkeys([0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
_INVISIBLE |= dict.fromkeys([*range(0x2061, 0x2065), *range(0x2066, 0x2070), 0xFFF9, 0xFFFA, 0xFFFB])
_CONTROLS = dict.fromkeys([*range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)])
_BREAKS = {0x0D: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "�")
# Blanks that are no control: Unicode's category Zs without the space itself, and the tab.
_BLANKS = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_PLAIN = _INVISIBLE | _CONTROLS | _BREAKS | _SURROGATES | _BLANKS
_STRANGE = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")


def plain(text: str) -> str:
    """The text in NFC with line ends as newlines and without control, zero-width and bidi characters.

    Lone surrogates become U+FFFD, every run of blanks becomes one space.
    """
    text = text.replace("\r\n", "\n")
    for strange in set(_STRANGE.findall(text)):  # a text has few different ones, and str.translate is slow
        text = text.replace(strange, _PLAIN[ord(strange)] or "")
    while "  " in text:
        text = text.replace("  ", " ")
    return unicodedata.normalize("NFC", text)


def one_line(text: str | None) -> str:
    """The text on one line, plain, without blanks at its ends; nothing for null."""
    if not text:
        return ""
    if not (text.isascii() and text.isprintable()):  # a short way for most lines
        text = plain(text)
    return " ".join(text.split())
