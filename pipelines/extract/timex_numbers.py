"""Numbers within times: how many units, and years in words. The first level of the cascade."""

from typing import Any

from pipelines.extract.timex_grammar import Level, Phrase

NUMBERS = Level()
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 0.25, "3/4": 0.75}
_CENTURIES = range(15, 21)


def number(surface: Any) -> float:
    """What a number says: digits with commas, or a word's value."""
    return float(surface.replace(",", "")) if isinstance(surface, str) else float(surface)


@NUMBERS.rule("TENS? CARDINAL|TENS|SINGULAR", makes="AMOUNT")
def small(p: Phrase) -> float | None:
    """He waited [twenty-five] days."""
    tens, ones = p.get("TENS") or 0, p["CARDINAL"]
    if tens and ones >= 10:  # noqa: PLR2004
        return None
    return float(tens + ones)


@NUMBERS.rule("ARTICLE|SINGULAR|CARDINAL HUNDRED (AND? TENS? ones:CARDINAL|SINGULAR|TENS)?", makes="AMOUNT")
def hundreds(p: Phrase) -> float:
    """The oak stood for [three hundred and ten] years."""
    return float(p["ARTICLE"]) * 100 + float((p.get("TENS") or 0) + (p.get("ones") or 0))


@NUMBERS.rule("ARTICLE|SINGULAR|CARDINAL THOUSAND", makes="AMOUNT")
def thousands(p: Phrase) -> float:
    """It lay buried for [two thousand] years."""
    return float(p["ARTICLE"]) * 1000


@NUMBERS.rule("CARDINAL|TENS tens:TENS ones:CARDINAL|SINGULAR?", makes="YEAR4")
def year_in_words(p: Phrase) -> int | None:
    """The bridge fell in [nineteen eighty-four]."""
    if p["CARDINAL"] not in _CENTURIES:
        return None
    return int(p["CARDINAL"] * 100 + p["tens"] + (p.get("ones") or 0))


@NUMBERS.rule("DET? UNIT CARDINAL THOUSAND (AND? ones:CARDINAL|SINGULAR)?", makes="YEAR4")
def the_year_thousand(p: Phrase) -> int | None:
    """Nobody feared [the year two thousand]."""
    return int(p["CARDINAL"] * 1000 + (p.get("ones") or 0)) if p["UNIT"] == "year" else None


@NUMBERS.rule("NUMBER|YEAR4 DASH? FRACTION", makes="AMOUNT")
def mixed(p: Phrase) -> float:
    """The hearing lasted [5 1/2] hours."""
    return number(p["NUMBER"]) + _FRACTIONS.get(p["FRACTION"], 0.5)
