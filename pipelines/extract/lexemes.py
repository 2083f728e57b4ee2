"""Text cut into numerals, words and signs: what the number grammar reads.

spaCy's tokens split "$5-7m" and "24pc" as its training data did; figures need cuts of their own, and need them fast.
Lexemes that only look like numbers (codes, addresses, clock times, dates in figures) are cut whole, as `opaque`.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Kind = Literal["num", "word", "sign", "opaque"]

_NUMERAL = r"""
    (?:
      \d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d]|,\d)            # 1,234.5
    | \d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)            # 12,34,567.89
    | \d{1,3}(?:\.\d{3})+,\d+(?!\d)                       # 1.234,5
    | \d{1,3}(?:\.\d{3}){2,}(?!\d)                        # 1.234.567
    | [1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,.]*\d)  # 816 000
    | (?<!,)\d+,\d{1,2}(?![\d,])                         # 5,50
    | \d+(?:\.\d+)?
    | (?<![\w.])\.\d+                                     # .500
    )
    (?:[eE][+\-−]?\d+\b | \s?[×x]\s?10\^?[+\-−]?\d+ | \^[+\-−]*\d+)?
"""
_OPAQUE = r"""
      (?:https?://|www\.)[^\s<>"]+
    | [\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+
    | \b\d{1,4}/\d{1,2}/\d{2,4}\b
    | \b\d{4}-\d{2}-\d{2}(?:T[\d:.Z+-]*)?\b
    | \b\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.m\.|[ap]m\b)
    | \b\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b(?!\ is))
    | \b\d{1,2}:\d{1,2}(?:[:.]\d{1,3})?\b                 # 10:45, 16:9, and 3:35.087
    | \b\d+-on-\d+\b
    | \(\d{2,5}\)\ ?\d{3,4}-\d{4}\b                       # (6221) 344-8404
    | \b(?![1-9]\d{0,2}\.\d{3}\.\d{3}(?![.\d]*\d))\d+(?:\.\d+){2,}(?![\w,])
    | (?<![\w$])\+?1?[-. ]?\(?\d{3}\)?[-. ]\d{3}[-.]\d{4}\b
    | \b0\d{2,4}[ -]\d{3,4}[ -]\d{3,4}\b                  # 020 7946 0018
    | (?<!\w)\+\d{1,3}[ -]\(?\d{1,4}\)?[ -]\d{3,4}[ -]?\d{3,4}\b  # +44 20 7946 0018
    | \b\d{3}-\d{2}-\d{4}\b | \b[\d]{4}-\d{8}-\d{4}\b
"""
_MONEY_LETTERS = (
    r"(?:US|AU|A|C|CA|CDN|Cdn|NZ|HK|S|SG|NT|R|J|G|L|N|B|BZ|EC|CI|FJ|TT|RD|Mex|MX|AR|Bds|cad|usd|nzd|mxn|hkd|sgd|aud"
    r"|CAD|USD|NZD|MXN|HKD|SGD|AUD|TWD|MOP|CLP|COP|COL|ZW|Z)"
)
_WORD = rf"""
      (?:U\.S\.|{_MONEY_LETTERS})\$ | \$(?:US|A|C|NZ)(?=\d) | Y=(?=\d)
    | (?:GH[₵¢]|(?:CN|JP)¥|(?:IR|GB|UK|E)£|[SB]/\.?)(?=\s?\d)
    | (?:[PN](?=[\d.,]+\s?(?:(?:m|b|tr)illion|[bt]n|m)\b)|N(?=\d{{1,3}}(?:,\d{{3}})+)|Shs?)(?=\d)
    | (?:[A-Z]{{3}}|RM|Rs\.?|PS|Rp|Tk|Kz|Dhs?|QR|SR|SFr|[KTU]Sh|[SDN]Kr|[FB]Fr|Ptas?|Bs|R)
      (?=\d[\d,]*(?:\.\d+)?(?:\s|bn|mn?\b|[kK]\b|tn|[.,;:)]|$|-))      # RM10, EUR50m
    | (?<![\w])[^\W\d_]+\d\w*(?:-\w+)*                    # F16, A320neo
    | (?:[^\W\d_]\.){{2,}}
    | [^\W\d_]+(?:['’][^\W\d_]+)?
"""
_LEXEME = re.compile(
    # First what no other alternative could read differently: nineteen lexemes of twenty. The space behind a word is
    # read with it, before a letter: there every alternative would be tried in vain.
    r"(?P<word>[A-Za-z]++(?:['’][A-Za-z]++)?(?=[ ,\n;?!)”\"]|\.\s))(?:[ ](?=[A-Za-z]))?|(?P<mark>[,;:?!)“”\"]|\.(?=\s))"
    rf"|(?P<opaque>{_OPAQUE})|(?P<num>{_NUMERAL}|[½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞])|(?P<other_word>{_WORD})|(?P<sign>[^\s])",
    re.VERBOSE,
)


class Lexeme(NamedTuple):
    """One piece of text. `gap` is what stands before it: nothing, a space, or a line break."""

    kind: Kind
    text: str
    lower: str
    start: int
    end: int
    gap: str


END = Lexeme("sign", "", "", -1, -1, "\n")


@dataclass(frozen=True, slots=True)
class Lexemes:
    """The lexemes of a text; any index outside gives `END`, so that rules may look around freely.

    `numbers` keeps the number that was read at each place (`fractions.number`), for several rules ask for it.
    """

    text: str
    items: list[Lexeme]
    numbers: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, index: int) -> Lexeme:
        return self.items[index] if 0 <= index < len(self.items) else END

    def __len__(self) -> int:
        return len(self.items)

    def surface(self, first: int, after: int) -> str:
        """The characters from one lexeme up to another."""
        return self.text[max(self[first].start, 0) : max(self[after - 1].end, 0)]


def _kind(group: str, surface: str) -> Kind:
    match group:
        case "num":
            return "num"
        case "opaque":
            return "opaque"
        case "sign" | "mark":
            return "sign"
        case "other_word" if any(map(str.isdecimal, surface)):
            return "opaque"
        case _:
            return "word"


def lex(text: str) -> Lexemes:
    """Cut a text into lexemes; together they are all its characters but white space."""
    items: list[Lexeme] = []
    end = 0
    for found in _LEXEME.finditer(text):
        group = found.lastgroup or "word"
        start, after = found.span(group)
        gap = "" if start == end else "\n" if "\n" in text[end:start] else " "
        surface = text[start:after]
        kind = "word" if group == "word" else _kind(group, surface)
        items.append(Lexeme(kind, surface, surface.lower(), start, after, gap if items else "\n"))
        end = after
    return Lexemes(text, items)
