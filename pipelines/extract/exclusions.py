"""Numbers that are no figures: years, codes, parts of names, labels, the pronoun one."""

import tomllib
from importlib.resources import files
from math import isfinite

from pipelines.extract.figures import Figure
from pipelines.extract.lexemes import Lexemes
from pipelines.extract.numerals import DASHES
from pipelines.extract.plurals import is_plural

_TABLES = tomllib.loads(files("pipelines.extract.data").joinpath("exclusions.toml").read_text("utf-8"))
_LABELS = frozenset(_TABLES["labels"]["words"].split())
_MONTHS = frozenset(_TABLES["months"]["words"].split())
_JOINED = frozenset(_TABLES["prefixes"]["words"].split())
_PARTS_OF_YEAR = frozenset(_TABLES["parts_of_year"]["words"].split())
_IDIOMS = frozenset(_TABLES["idioms"]["figures"])
_INDICES = frozenset(_TABLES["indices"]["words"].split())
_IDLE = frozenset(_TABLES["idle"]["words"].split())
_ZONES = frozenset(_TABLES["zones"]["words"].split())
_ORDINAL_NAMES = frozenset(_TABLES["ordinals"]["names"].split())
_ORDINAL_WORDS = frozenset(_TABLES["ordinals"]["words"].split())
_HALF_WORDS = frozenset(_TABLES["ordinals"]["halves"].split())
_PRONOUN_VERBS = frozenset(_TABLES["pronoun"]["followers"].split())
_DIALS, _CALLS, _EMERGENCY = (frozenset(_TABLES["dialled"][name].split()) for name in ("before", "behind", "numbers"))
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_LONGEST_NUMBER = 15


def is_figure(lex: Lexemes, figure: Figure) -> bool:
    """Whether a number says how much or how many, as far as the words around it tell."""
    if not all(isfinite(end) for end in (figure.value, figure.low, figure.high) if end is not None):
        return False
    if lex.surface(figure.first, figure.after) in _IDIOMS:
        return False
    if is_address(lex, figure):
        return False
    if not figure.is_bare:
        return not _is_code(lex, figure) and not is_part_of_year(lex, figure) and not is_half_word(lex, figure)
    return not any(rule(lex, figure) for rule in _RULES)


def _is_code(lex: Lexemes, figure: Figure) -> bool:
    """As in "F-16", "COVID-19", "737-800": figures hung to letters, or long rows of digits."""
    first, before = lex[figure.first], lex[figure.first - 1]
    if figure.number.form in ("words", "vague", "ordinal", "fraction"):
        return _is_hung(lex, figure) and lex[figure.first - 2].lower not in _JOINED
    crossed = before.lower in ("x", "×") and lex[figure.first - 2].kind == "num"  # "1200x900 metres"
    if not first.gap and not crossed and (before.kind in ("word", "opaque") or before.text in ("#", "/", "_", "@")):
        return True
    behind = lex[figure.after]
    bare = figure.reading is None and figure.number.form == "figures" and behind.lower not in ("x", "×")
    if bare and not behind.gap and behind.kind in ("word", "opaque"):  # "5G", "the mid-60s"
        return True
    if _is_hung(lex, figure):
        stem = lex[figure.first - 2]
        return stem.kind == "opaque" or stem.lower not in _JOINED
    return first.text.isdigit() and len(first.text) > _LONGEST_NUMBER


def _is_hung(lex: Lexemes, figure: Figure) -> bool:
    """Whether a dash ties a number to what stands before it: "COVID-19", and "COVID -19" in careless copy."""
    before = lex[figure.first - 1]
    if before.text not in DASHES or lex[figure.first].gap or lex[figure.first].kind == "sign":
        return False
    return not before.gap or lex[figure.first - 2].text.isupper()


def is_counted_zero(text: str, figure: Figure) -> bool:
    """Whether a "no" counts: "no troops" does, "no way" and "no plans" do not. Other figures pass."""
    if figure.number.form != "zero":
        return True
    if text[figure.start : figure.end].lower() == "none":
        return True
    noun = text[figure.counted[0] : figure.counted[1]].rsplit(maxsplit=1)[-1].lower() if figure.counted else ""
    return figure.plural and noun not in _IDLE


def is_part_of_year(lex: Lexemes, figure: Figure) -> bool:
    """As in "the first half", "this quarter", "second-half results": a half or a quarter of a year or a game."""
    if figure.kind != "fraction" or lex[figure.first].lower not in ("half", "quarter", "halves", "quarters"):
        return False
    before, behind = lex[figure.first - 1], lex[figure.after]
    if before.text in DASHES:
        before = lex[figure.first - 2]
    return before.lower in _PARTS_OF_YEAR or (before.lower in ("the", "other") and behind.lower != "of")


def is_clock(lex: Lexemes, figure: Figure) -> bool:
    """As in "0401 GMT", "nine o'clock", "6-9 p.m."."""
    follower = lex[figure.after + 1]
    if lex[figure.after].text in DASHES and follower.kind == "opaque" and follower.lower.endswith(("am", "pm", "m.")):
        return True
    return lex[figure.after].text in _ZONES or lex[figure.after].lower.startswith(("o'clock", "o’clock"))


def is_named(lex: Lexemes, figure: Figure) -> bool:
    """As in "iPhone 12 Pro Max", "the Big 12": figures behind a capital that count no plural noun."""
    before, here = lex[figure.first - 1], lex[figure.first]
    if figure.number.form == "words" and figure.after - figure.first == 1:  # "Formula One", "Group of Seven"
        tied = before.text[:1].isupper() or (before.text == "of" and lex[figure.first - 2].text == "Group")
        return here.text.istitle() and tied and before.gap == " " and here.gap == " "
    if (
        figure.number.form != "figures"
        or figure.number.scaled
        or here.gap != " "
        or before.kind not in ("word", "opaque")
    ):
        return False
    index = before.lower in _INDICES and here.text.isdigit() and len(here.text) > 1
    if (
        (before.text == before.text.lower() and not index)
        or before.lower in _WEEKDAYS
        or before.lower.endswith(("'s", "’s"))
    ):
        return False
    in_row = lex[figure.after].kind == lex[figure.after + 1].kind == "num"
    if before.gap == "\n" or lex[figure.first - 2].text in ".!?:" or "," in here.text or in_row:
        return False
    if "." in here.text:
        return here.text.endswith(".0")  # a version: "Web 3.0"
    return not _counts_behind(lex, figure)


def _counts_behind(lex: Lexemes, figure: Figure) -> bool:
    """Whether what follows can be counted: "the Senate's 20-point plan", "25 Kenyan troops", not "12 Pro Max"."""
    behind = lex[figure.after]
    if behind.text in DASHES and not behind.gap and lex[figure.after + 1].text.islower():
        return True
    if behind.text[:1].isupper() and behind.gap == " ":  # "25 Kenyan troops" against "12 Pro Max"
        behind = lex[figure.after + 1]
        return behind.text.islower() and is_plural(behind.lower)
    return behind.kind == "word" and is_plural(behind.lower)


def is_of_index(lex: Lexemes, figure: Figure) -> bool:
    """As in "the 100-share index", "the 225-stock average": the name of an index."""
    tied = [lex[i].lower for i in range(figure.after, figure.after + 2)]
    rest = [lex[i].lower for i in range(figure.after + 2, figure.after + 4)]
    return tied[0] in DASHES and tied[1] in ("share", "stock", "issue") and bool({"index", "average"} & {*rest})


def is_dialled(lex: Lexemes, figure: Figure) -> bool:
    """As in "call 911", "a 999 operator": a number to be dialled."""
    text, before, behind = lex[figure.first].text, lex[figure.first - 1], lex[figure.after]
    if figure.number.form != "figures" or not text.isdigit():
        return False
    called = before.lower in _DIALS and not is_plural(behind.lower)
    return len(text) == len("911") and (called or (text in _EMERGENCY and behind.lower in _CALLS))


def is_date(lex: Lexemes, figure: Figure) -> bool:
    """As in "Dec. 13", "9 May"."""
    before, behind = lex[figure.first - 1], lex[figure.after]
    if before.text == ".":
        before = lex[figure.first - 2]
    low = figure.value if figure.value is not None else figure.low
    if low is None or not 1 <= low <= 31:  # noqa: PLR2004
        return False
    return (before.lower in _MONTHS and before.text[:1].isupper()) or (
        behind.lower in _MONTHS and behind.text[:1].isupper() and behind.gap == " "
    )


def is_label(lex: Lexemes, figure: Figure) -> bool:
    """As in "page 3", "Section 5", "No. 1", "phase two"."""
    before = lex[figure.first - 1]
    if before.text == "." or (before.text == "(" and lex[figure.after].text == ")"):
        before = lex[figure.first - 2]
    if lex[figure.first].gap == "\n" or figure.number.form == "ordinal":
        return False
    listed = before.lower in ("and", "or") and lex[figure.first - 2].kind == "num"  # "grades 10 and 12"
    return before.lower in _LABELS or (listed and lex[figure.first - 3].lower in _LABELS)


def is_named_ordinal(lex: Lexemes, figure: Figure) -> bool:
    """As in "23rd Street", "the Fifth Amendment", "second-guess", "at first": part of a name, a word or a phrase."""
    if figure.number.form != "ordinal":
        return False
    behind, follower = lex[figure.after], lex[figure.after + 1]
    if lex[figure.first].lower == "second" and (behind.lower, follower.lower) == ("to", "none"):
        return True
    if lex[figure.first].lower == "first" and (behind.lower, follower.lower) in _PHRASES:
        return True
    if lex[figure.first - 1].lower == "at" and lex[figure.first].lower == "first":
        return behind.lower != "base" and not (behind.text in DASHES and not behind.gap)
    if behind.text in DASHES and not behind.gap:
        return follower.lower in _ORDINAL_WORDS
    return behind.gap == " " and behind.text[:1].isupper() and behind.lower in _ORDINAL_NAMES


_PHRASES = frozenset([("and", "foremost"), ("of", "all"), ("up", ",")])


def is_in_squad(lex: Lexemes, figure: Figure) -> bool:
    """As in "2 - Ana Ruiz, 5 - Mia Holm (14 - Lea Sand)": the number of a player in a list of them."""
    dash, name, before = lex[figure.after], lex[figure.after + 1], lex[figure.first - 1]
    spaced = dash.text in DASHES and bool(dash.gap or name.gap) and dash.gap != "\n"
    led = lex[figure.first].gap == "\n" or before.kind == "sign"
    return spaced and led and lex[figure.first].text.isdigit() and name.text[:1].isupper() and name.kind == "word"


def is_address(lex: Lexemes, figure: Figure) -> bool:
    """As in "3170 W. Mill Road": the number of a house."""
    after = figure.number.after
    point = lex[after].text in _QUARTERS and lex[after + 1].text == "."
    behind = lex[after + 2] if point else lex[after + 1]
    if lex[after].text not in _QUARTERS or not behind.text[:1].isupper() or behind.gap != " " or lex[after].gap != " ":
        return False
    return figure.number.form == "figures" and any(lex[i].lower in _STREETS for i in range(after + 2, after + 5))


_QUARTERS = frozenset("NSEW")
_STREETS = frozenset(["street", "st", "avenue", "ave", "road", "rd", "drive", "lane", "boulevard", "blvd", "highway"])


def is_half_word(lex: Lexemes, figure: Figure) -> bool:
    """As in "half-frozen", "her half sister": a half that makes a word with the next and is a half of nothing."""
    if figure.number.form != "fraction" or lex[figure.first].lower != "half" or figure.after - figure.first > 1:
        return False
    behind, follower = lex[figure.after], lex[figure.after + 1]
    tied = behind.text in DASHES and not behind.gap and follower.kind == "word"
    return tied or (behind.gap == " " and behind.lower in _HALF_WORDS)


def is_pronoun(lex: Lexemes, figure: Figure) -> bool:
    """As in "one of the", "no one", "the one who", "this one": one that counts nothing."""
    if figure.value != 1 or figure.number.form != "words" or figure.after - figure.first > 1:
        return False
    before, behind = lex[figure.first - 1].lower, lex[figure.after]
    if lex[figure.first].gap == behind.gap == "\n":
        return False  # alone in its line
    if behind.lower == "of" or before in (
        "no",
        "any",
        "every",
        "each",
        "some",
        "this",
        "that",
        "which",
        "another",
        "the",
    ):
        return True
    if before == "at" and behind.lower in ("point", "time", "stage"):
        return True
    return behind.kind != "word" or behind.lower in _PRONOUN_VERBS


def is_marker(lex: Lexemes, figure: Figure) -> bool:
    """As in "1." or "2)" at the beginning of a line."""
    here, behind = lex[figure.first], lex[figure.after]
    return here.gap == "\n" and behind.text in (".", ")") and not behind.gap and figure.number.form == "figures"


_RULES = (
    _is_code,
    is_label,
    is_pronoun,
    is_marker,
    is_date,
    is_clock,
    is_named,
    is_part_of_year,
    is_named_ordinal,
    is_dialled,
    is_in_squad,
    is_of_index,
)
