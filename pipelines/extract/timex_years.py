"""Whether a bare number of four digits is a year or a count: since 2000, and 2000 people (data/timex_years.toml)."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from spacy.tokens import Token

from pipelines.extract import units
from pipelines.extract.coreference import person_nouns
from pipelines.extract.plurals import is_plural
from pipelines.extract.timex_lexer import Lexeme
from pipelines.extract.timex_tense import Parse

_DATA = files("pipelines.extract").joinpath("data")
_RECENT = range(1900, 2036)  # a bare number is a year unless something speaks against it; others need a word for it
_FURTHEST = 2100  # later years are named behind a word for a time only
_ROUND = 100
_WIDTH = 48  # characters before a number that its cues may take
_NOUN_WITHIN = 4  # tokens between a number and the noun that it counts
_MODIFIERS = ("nummod", "compound", "nmod", "amod", "quantmod")
_PLURALS = ("NNS", "NNPS")
_SUBJECTS = ("nsubj", "nsubjpass")
_MEASURING = ("by", "to", "from", "at")
_YEAR_OF = re.compile(r"(?<!\w)(?:pre|post|mid|early|late|since|fy|fiscal)[ -]$", re.IGNORECASE)
_CALENDAR = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|spring|summer|autumn|fall|winter|christmas|easter"
)
_MONTH_BEFORE = re.compile(rf"(?<!\w)(?:{_CALENDAR})(?: \d\d?(?:st|nd|rd|th)?)?(?: of)?(,?) $", re.IGNORECASE)
_ERA = re.compile(r" ?(?:b\.?c\.?|a\.?d\.?|b?ce)(?!\w)", re.IGNORECASE)
_ERA_BEFORE = re.compile(r"(?<!\w)a\.?d\.? (?:\d{1,4} (?:and|to|or) )?$", re.IGNORECASE)
_BEGUN = re.compile(r"(?:^|\n|[.!?] )$")
_ENTRY = re.compile(r":| [-–—] ")  # behind the year of an entry in a chronicle
_HUNG = re.compile(r"[-‑](?!(?:era|style|like|model|vintage|to|present|today)\b)([a-z]+)")
_SECOND = re.compile(r"(?<!\w)(?:between|from) (?:1\d|20)\d\d (?:and|to) $", re.IGNORECASE)
_LIFE = re.compile(r"[-–](?:1\d|20)\d\d(?!\w)")
_OF_COUNTS = re.compile(r"\b(?:fewer|more) than $", re.IGNORECASE)
_RANGE = re.compile(r"(?: (?:and|or|to) |[-–])(\d{4})(?!\w)")
_VERB_OF_MANY = re.compile(r" (?:were|are|have)(?!\w)")
_CODE = re.compile(r"(?<!\w)([A-Z]{3}|Rs\.?|RM|Rp) $")


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_DATA.joinpath("timex_years.toml").read_text(encoding="utf-8"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_tables()[name].split())


@cache
def _before() -> re.Pattern[str]:
    """A bound or an approximation that ends where a number starts, and the word for a time before it."""
    table = tomllib.loads(_DATA.joinpath("qualifiers.toml").read_text(encoding="utf-8"))["before"]
    phrases = [p for name, listed in table.items() if name != "filler" for p in listed] + _tables()["counts"]
    either = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    dating = "|".join(_words("dating"))
    return re.compile(rf"(?<!\w)(?:({dating}) )?((?:{either}) ?)(?:the |a |an )?$", re.IGNORECASE)


@cache
def _dating() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\w)(?:{'|'.join(_words('dating'))})[ -]|\()$", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(map(re.escape, _tables()['behind']))})(?!\w)", re.IGNORECASE)


def is_year(parse: Parse, lexeme: Lexeme) -> bool:
    """Whether four digits name a year where they stand, by the words around them and by the parse.

    A number from 1900 to 2035 is a year unless it counts something: a plural noun, a unit or a currency behind it, a
    bound before it. Other numbers are counts unless something says that they are years: in 1848, the War of 1812.
    """
    number = _Number(parse, lexeme)
    if number.is_dated():
        return True
    if number.is_measured():
        return False
    bounded = number.bounded()
    if bounded is not None:
        return not bounded
    counted = number.counts_noun()
    if counted is not None:
        return not counted
    if number.value in _RECENT:
        return not (number.round and number.is_amount())
    return number.has_evidence()


class _Number:
    """A number of four digits and what stands around it."""

    def __init__(self, parse: Parse, lexeme: Lexeme) -> None:
        self.value: int = lexeme.value
        self.text = parse.text
        self.start, self.end = lexeme.start, lexeme.end
        self.before = parse.text[max(0, lexeme.start - _WIDTH) : lexeme.start]
        self.token = parse.token(lexeme.start)
        self.glued = lexeme.glued
        self.round = self.value % _ROUND == 0
        beyond = _RANGE.match(parse.text, lexeme.end)
        self.ranged = self._noun(parse.token(beyond.start(1)), beyond.end()) if beyond else None
        self.noun = self.ranged or self._noun(self.token, lexeme.end)

    @staticmethod
    def _noun(token: Token, end: int) -> Token | None:
        """The noun behind that the number modifies: people in 2000 people and in 1500 to 2000 people."""
        first = token.head if token.dep_ == "conj" and token.head.like_num else token
        if first.dep_ in _MODIFIERS and 0 < first.head.i - token.i <= _NOUN_WITHIN:
            return first.head
        follower = token.nbor() if token.i + 1 < len(token.doc) else None
        plain = follower is not None and follower.tag_ == "NNS" and follower.idx == end + 1
        return follower if plain else None

    def is_dated(self) -> bool:
        """As in May 1848, post-1848, 1200 B.C., and at the start of a sentence before a colon or a dash."""
        if _ERA.match(self.text, self.end) or _ERA_BEFORE.search(self.before):
            return True
        if self.glued or _YEAR_OF.search(self.before):
            return self.value in _RECENT or bool(_YEAR_OF.search(self.before))
        if month := _MONTH_BEFORE.search(self.before):
            return not (month[1] and self._plural() and not self._is_yearly())
        return bool(_BEGUN.search(self.before)) and bool(_ENTRY.match(self.text, self.end))

    def is_measured(self) -> bool:
        """As in 2000 rubles, EUR 1900, a 1500-metre race, 1900 times, 2000 were killed."""
        dated = _dating().search(self.before) and self.value in _RECENT
        if self._is_unit() or self._is_code():
            return self.round or not dated  # in 1985 dollars
        if hung := _HUNG.match(self.text, self.end):
            return self.round or self.value not in _RECENT or hung[1] in units.words()
        if _behind().match(self.text, self.end):
            return not dated
        return self.round and not dated and bool(_VERB_OF_MANY.match(self.text, self.end))

    def _is_unit(self) -> bool:
        follower = self.text[self.end : self.end + 24]
        if not follower.startswith(" "):
            return False
        word = re.match(r"[^\W\d]+", follower[1:])
        if not word:
            return False
        unit = units.words().get(word[0].lower()) or units.symbols().get(word[0])
        if unit and unit.dimension == "time":
            return word[0].endswith("s")
        return bool(unit) or word[0].lower() in units.currencies()[1] or word[0] in units.currencies()[0]

    def _is_code(self) -> bool:
        code = _CODE.search(self.before)
        return bool(code and (code[1] in units.currencies()[0]) and code[1] not in units.ambiguous_codes())

    def _plural(self) -> bool:
        noun = self.noun
        return noun is not None and (
            noun.tag_ in _PLURALS or (noun.pos_ == "NOUN" and noun.is_alpha and is_plural(noun.lower_))
        )

    def _is_yearly(self) -> bool:
        noun = self.noun
        named = noun is not None and self.value in _RECENT and (noun.is_title or self._is_before_name())
        return noun is not None and (named or noun.lower_ in _words("yearly"))

    def _is_before_name(self) -> bool:
        """As in the 2018 World Cup hosts; peoples are counted, too: 2018 French soldiers."""
        follower = self.token.nbor() if self.token.i + 1 < len(self.token.doc) else None
        return follower is not None and follower.pos_ == "PROPN" and follower.ent_type_ != "NORP" and not self.round

    def _is_named(self) -> bool:
        """Whether a word before it makes the number part of a description: Ohio's 2012 graduates."""
        before = self.token.nbor(-1) if self.token.i else None
        if before is not None and before.tag_ == "POS":
            before = before.head
        return before is not None and before.head == self.noun and before.dep_ != "prep"

    def bounded(self) -> bool | None:
        """Whether a bound or an approximation makes it a count; nothing where none stands before it."""
        found = _before().search(self.before)
        if not found:
            return None
        if self._plural():
            return not self._is_yearly()
        soft = found[2].split()[-1].lower() in _words("soft") and not _OF_COUNTS.search(found[2])
        if found[1] or (soft and self.text.startswith(",", self.end)):
            return False
        return not soft or self.round or self.value not in _RECENT

    def counts_noun(self) -> bool | None:
        """Whether it counts the plural noun behind it; nothing where there is none."""
        noun = self.noun
        if noun is None or not self._plural():
            return None
        if self._is_yearly():
            return False
        dated = bool(_dating().search(self.before)) and not (self.ranged and self.round)
        dated = dated or bool(not self.round and _SECOND.search(self.before))
        if self.value not in _RECENT:
            return not (dated and noun.dep_ in _SUBJECTS)
        if dated:  # in 2012 scientists found, but: in 1900 towns
            return self.round and noun.dep_ not in _SUBJECTS
        return self.round or not self._is_named() or noun.lemma_.lower() in person_nouns()

    def is_amount(self) -> bool:
        """As in killed 2000, fell to 1200, a population of 2000."""
        token, head = self.token, self.token.head
        if token.dep_ == "dobj":
            return head.lemma_ in _words("counting")
        if token.dep_ != "pobj" or head.dep_ != "prep":
            return False
        if head.lower_ == "of":
            return head.head.lemma_ in _words("measured")
        above = head.head.head if head.head.dep_ == "prep" else head.head
        deadline = head.lower_ == "by" and _RECENT[-1] < self.value <= _FURTHEST  # to be cut by 2050
        measured = head.lower_ in _MEASURING and above.i < head.i and above.lemma_ in _words("counting")
        return measured and not deadline

    def _is_lifetime(self) -> bool:
        """As in queen of Albany 1558-1603, but not: paid 1500-1600."""
        return bool(_LIFE.match(self.text, self.end)) and not self._plural() and self.token.dep_ != "dobj"

    def has_evidence(self) -> bool:
        """Whether words ask for a year long past or far off: in 1848, (1756), the War of 1812, an 1898 ruling."""
        token, head = self.token, self.token.head
        if self.is_amount():
            return False
        if _dating().search(self.before) or self._is_lifetime():
            return True
        if self.value > _FURTHEST:
            return False
        if token.dep_ == "pobj" and head.lower_ == "of":
            return head.head.lower_ in _words("named") or head.head.is_title
        if self.noun is not None and token.i:
            return token.nbor(-1).tag_ in ("DT", "PRP$", "POS") and self.noun.tag_ in ("NN", "VBG")
        return token.dep_ == "conj" and head.like_num and head.dep_ == "pobj"
