"""What the parse says of a time: where its verb points, and whether a word that has other senses is a time here."""

import re
from bisect import bisect_right

from spacy.tokens import Doc, Token

from pipelines.extract.plain_text import text_of
from pipelines.extract.timex_lexer import Lexeme
from pipelines.extract.timex_meaning import FUTURE, LONG_PAST, PAST, PRESENT
from pipelines.extract.tree import tree

_CLIMB = 40
_FUTURE_AUX = frozenset(("will", "'ll", "’ll", "shall", "wo"))
_OPEN_AUX = frozenset(("would", "may", "might", "should", "must", "can"))
_ARRANGED = frozenset(("plan", "schedule", "slate"))  # whose past tense still points ahead
_HAPPENING = frozenset(  # whose present tense beside a day tells of the timetable: the talks open Monday
    (
        *("arrive", "begin", "close", "come", "convene", "depart", "end", "expire", "face", "finish", "fly", "gather"),
        *("go", "head", "host", "kick", "launch", "leave", "meet", "open", "play", "premiere", "resume", "return"),
        *("run", "start", "take", "travel", "visit", "vote"),
    )
)
_PERFECT_AUX = frozenset(("has", "have", "'ve", "’ve", "had", "having"))
_AHEAD = frozenset(
    (
        "expect",
        "schedule",
        "plan",
        "due",
        "slate",
        "set",
        "intend",
        "hope",
        "aim",
        "propose",
        "want",
        "prepare",
        "await",
        "effective",
        "payable",
        "likely",
        "possible",
    )
)


# What strikes unplanned, so that a day before it has been: the Oct. 7 attack.
_STRUCK = frozenset(
    (
        *("accident", "ambush", "assassination", "assault", "attack", "bombing", "collapse", "coup", "crash", "death"),
        *("derailment", "disaster", "earthquake", "explosion", "fire", "flood", "incident", "invasion", "killing"),
        *("massacre", "murder", "quake", "raid", "rampage", "riot", "shooting", "slaying", "stabbing", "tornado"),
    )
)
_PLANS = frozenset(
    ("agreement", "deal", "intention", "offer", "option", "order", "plan", "proposal", "pledge", "promise")
)
_UNTIL = re.compile(r"\b(until|till|by|(?:as|so) (?:soon|early|late) as)\s+(?:\d\S* )?(?:[ap]\.m\. )?(?:[A-Z]+ )?$")
_AHEAD_OF = re.compile(r"\bahead of (?:the )?$")
_THAN = re.compile(r"\bthan (?:\w+ )?(?:in|on|at|during|for) $")
_SINCE = re.compile(r"\b[Ss]ince (?:the |about )?$")
_UNTIL_WIDTH = 30
_HAD = re.compile(r"\b(?:had|have|has)\b")
_HAD_WIDTH = 60


class Parse:
    """A document's tokens by their place in the text."""

    def __init__(self, doc: Doc) -> None:
        """Take the offsets of all tokens, and the surnames that the model knows."""
        self.doc = doc
        self.text = text_of(doc)
        self.starts = tree(doc).start
        self.surnames = {ent[-1].lower_ for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1}

    def token(self, offset: int) -> Token:
        """The token that holds a character."""
        return self.doc[max(0, bisect_right(self.starts, offset) - 1)]

    def direction(self, offset: int) -> int:
        """Where the verb that governs a place in the text points: past, future, or neither."""
        token = self.token(offset)
        worded = self._worded(offset)
        if worded is not None:
            return worded
        if token.dep_ in ("compound", "nmod", "nummod") and token.head.lemma_ in _STRUCK:
            return LONG_PAST
        return _possessed(token.head, token.i) if token.dep_ == "poss" else _governed(token)

    def _worded(self, offset: int) -> int | None:
        """The direction by the words just before a time: until Friday, than in July."""
        if _AHEAD_OF.search(self.text, max(0, offset - _UNTIL_WIDTH), offset):
            return FUTURE
        if _lasted(self.token(offset)):
            return PAST
        deadline = _UNTIL.search(self.text, max(0, offset - _UNTIL_WIDTH), offset)
        if deadline and not (deadline[1] == "by" and _HAD.search(self.text, max(0, offset - _HAD_WIDTH), offset)):
            return FUTURE
        if _SINCE.search(self.text, max(0, offset - _UNTIL_WIDTH), offset):
            return LONG_PAST
        return PAST if _THAN.search(self.text, max(0, offset - _UNTIL_WIDTH), offset) else None


def _lasted(token: Token) -> bool:
    """Whether a day ended what went on before it: they danced until Friday; but what was put off lies ahead."""
    until = token.head
    if until.lower_ not in ("until", "till"):
        return False
    verb = until.head.head if until.head.tag_ == "VBG" and until.head.dep_ in ("xcomp", "ccomp") else until.head
    if verb.tag_ != "VBD" or verb.lemma_ in _PUT_OFF:
        return False
    return not any(child.dep_ in ("dobj", "nsubjpass", "auxpass", "aux") for child in verb.children)


_PUT_OFF = frozenset(("adjourn", "break", "close", "disperse", "go", "have", "leave", "recess", "shut", "be"))


def _governed(token: Token) -> int:
    """The direction of the nearest verb over a word that has one."""
    place = token.i
    direct = (token.head, token.head.head) if token.head.lower_ in ("in", "on") else ()
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            found = _verb_direction(token, place)
            if found is not None:
                return LONG_PAST if found == PAST and token in direct and token.tag_ == "VBD" else found
        elif token.lemma_ in _AHEAD and token.pos_ == "ADJ":
            return _due(token)
        if token.head.i == token.i:
            break
        token = token.head
    return PRESENT


def _due(adjective: Token) -> int:
    """The direction of what is due or likely: ahead, unless it had been so."""
    return PAST if any(child.lower_ == "had" for child in adjective.head.children) else FUTURE


def _possessed(noun: Token, place: int) -> int:
    """Where a day's own event lies: Friday's raid has been, unless Friday's vote will decide."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in ("VERB", "AUX"):
        return PAST
    found = _verb_direction(verb, place)
    opened = {child.lower_ for child in verb.children} & _OPEN_AUX
    return PAST if found is None or opened else found


def _verb_direction(verb: Token, place: int) -> int | None:
    """The direction of a verb with its auxiliaries; nothing for one that has no tense of its own."""
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    forms = {child.lower_ for child in auxiliaries}
    tags = {child.tag_ for child in auxiliaries} | {verb.tag_}
    if forms & _FUTURE_AUX or "going" in forms:
        return FUTURE
    if verb.lemma_ in _AHEAD and "had" not in forms:
        return PAST if verb.tag_ == "VBD" and (place < verb.i or verb.lemma_ not in _ARRANGED) else FUTURE
    if "TO" in tags:
        return _purpose(verb.head, place)
    if (
        verb.lemma_ == "be"
        and verb.tag_ in ("VBZ", "VBP")
        and (_is_to(verb) or _is_likely(verb) or place == verb.i + 1)
    ):
        return FUTURE  # "they are to travel", "rain is likely", "the vote is Tuesday"
    return _tense(verb, forms, tags)


def _is_to(verb: Token) -> bool:
    """Whether an infinitive makes a form of `be` a plan: they are to travel."""
    return any(
        child.dep_ == "xcomp" and child.i > verb.i and any(aux.lower_ == "to" for aux in child.children)
        for child in verb.children
    )


def _is_likely(verb: Token) -> bool:
    return any(child.dep_ == "acomp" and child.lemma_ in _AHEAD for child in verb.children)


def _purpose(governor: Token, place: int) -> int | None:
    """The direction of an infinitive: that of a plan it tells, ahead after `is to`, else none of its own."""
    if governor.lemma_ in _AHEAD and governor.pos_ == "ADJ":
        return _due(governor)
    if governor.lemma_ in _AHEAD and governor.pos_ != "NOUN":
        return _verb_direction(governor, place) or FUTURE
    if governor.lemma_ in _PLANS and governor.pos_ == "NOUN" and governor.doc[place].dep_ == "pobj":
        return FUTURE  # a day without its preposition may be that of the plan itself
    return FUTURE if governor.lemma_ == "be" else None


def _tense(verb: Token, forms: set[str], tags: set[str]) -> int | None:
    if forms & _OPEN_AUX:
        return PAST if "have" in forms else FUTURE
    if "VBD" in tags or forms & _PERFECT_AUX or (verb.tag_ == "VBG" and verb.head.lower_ in ("after", "since")):
        return PAST
    if verb.tag_ in ("VBZ", "VBP") and not forms and verb.lemma_ in _HAPPENING:
        return FUTURE
    if tags & {"VBZ", "VBP", "MD"}:
        return PRESENT
    return PAST if verb.tag_ == "VBN" else None


_NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_AMBIGUOUS = {  # lower-case words that are also something else, and the tags they bear as times
    "may": _NOUN_TAGS,
    "march": _NOUN_TAGS,
    "fall": _NOUN_TAGS,
    "spring": _NOUN_TAGS,
    "second": _NOUN_TAGS,
    "seconds": _NOUN_TAGS,
    "minute": _NOUN_TAGS,
    "daily": frozenset(("JJ", "RB")),
    "weekly": frozenset(("JJ", "RB")),
    "monthly": frozenset(("JJ", "RB")),
    "falls": frozenset[str](),
    "springs": frozenset[str](),
    "sun.": frozenset[str](),
    "present": frozenset[str](),
}


def in_sense(parse: Parse, lexeme: Lexeme) -> Lexeme:
    """A word as what it is where it stands: May the month, not the verb; a second, not the second."""
    text = parse.text
    surface = text[lexeme.start : lexeme.end].lower()
    if lexeme.kind in ("MONTH", "SEASON") and (_named(text, lexeme, surface) or _person(parse, lexeme, surface)):
        return lexeme._replace(kind="OTHER")
    if lexeme.kind == "HOLIDAY" and _placed(parse.token(lexeme.end - 1)):
        return lexeme._replace(kind="OTHER")
    titled = _TITLED.get(lexeme.kind)
    if titled is not None and titled(parse.token(lexeme.start)):
        return lexeme._replace(kind="OTHER")
    if surface == "last" and _is_verb(parse.token(lexeme.start)):
        return lexeme._replace(kind="OTHER")
    tags = _AMBIGUOUS.get(surface)
    if tags is None or parse.token(lexeme.start).tag_ in tags:
        return lexeme
    return lexeme._replace(kind="ORDINAL", value=2) if surface == "second" else lexeme._replace(kind="OTHER")


def _person(parse: Parse, lexeme: Lexeme, surface: str) -> bool:
    """Whether a month's word is a person's name: April Jones, and May where the text knows a Nora May."""
    if lexeme.kind != "MONTH":
        return False
    text, token = parse.text, parse.token(lexeme.start)
    if _NUMBER_BESIDE.match(text, lexeme.end) or _IN.search(text, max(0, lexeme.start - 9), lexeme.start):
        return False
    if _NUMBER_BEFORE.search(text, max(0, lexeme.start - 9), lexeme.start):
        return False
    if surface in parse.surnames:
        return True
    beside = [n for n in (token.i - 1, token.i + 1) if 0 <= n < len(parse.doc)]
    return token.ent_type_ == "PERSON" and any(parse.doc[n].ent_type_ == "PERSON" for n in beside)


def _placed(token: Token) -> bool:
    """Whether a holiday's name begins that of a place or a person: Easter Island."""
    behind = token.nbor() if token.i + 1 < len(token.doc) else token
    return token.ent_type_ in ("GPE", "LOC", "PERSON") and behind.ent_iob_ == "I" and behind.is_title


_TITLES = frozenset(("ORG", "WORK_OF_ART", "PRODUCT", "FAC", "LAW"))


def _titled(token: Token) -> bool:
    """Whether a weekday begins or continues a title: the Sunday Times, the Thursday Murder Club."""
    if token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    behind = token.nbor()
    if not behind.is_title or behind.lower_ in _DAYPARTS:
        return False
    if token.ent_type_ in _TITLES and behind.ent_iob_ == "I":
        return True
    return token.nbor(-1).lower_ == "the" and token.dep_ == "compound" and token.head.tag_ in ("NNP", "NNPS")


def _is_verb(last: Token) -> bool:
    """Whether "last" says how long: it will last days."""
    return last.tag_ in ("VB", "VBP") or (last.i > 0 and last.nbor(-1).tag_ == "MD")


def _titled_season(token: Token) -> bool:
    """Whether a season stands in a title: the Spring Festival, Prague Spring."""
    if not token.is_title or token.ent_type_ not in _TITLES | {"EVENT", "GPE", "LOC", "PERSON"}:
        return False
    behind = token.nbor() if token.i + 1 < len(token.doc) else token
    return behind.ent_iob_ == "I" and behind.is_title and behind.i > token.i


_TITLED = {"WEEKDAY": _titled, "SEASON": _titled_season}
_DAYPARTS = frozenset(("morning", "afternoon", "evening", "night"))
_NUMBER_BESIDE = re.compile(r"[\s,'’]{0,2}\d")
_NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?[\s-]$")
_OF = re.compile(r"\s+(?:of|for|on|against|to|from)\s+(?!\d|the year\b)")
_IN = re.compile(
    r"\b(?:in|since|by|until|last|next|this|early|late|mid|from|to|through|during|between|each|every)[\s-]$",
    re.IGNORECASE,
)


def _named(text: str, lexeme: Lexeme, surface: str) -> bool:
    """Whether a month's or season's word is part of a name: Jan Kavan, a March for Life, Spring of Hope."""
    if _NUMBER_BESIDE.match(text, lexeme.end) or _NUMBER_BEFORE.search(text, max(0, lexeme.start - 9), lexeme.start):
        return False
    abbreviated = surface in ("jan", "feb", "aug", "sept", "oct", "nov", "dec")
    if abbreviated or _IN.search(text, max(0, lexeme.start - 9), lexeme.start):
        return abbreviated
    if surface in ("march", "may", "august"):
        return bool(_OF.match(text, lexeme.end))
    return lexeme.kind == "SEASON" and text[lexeme.start].isupper() and bool(_OF.match(text, lexeme.end))
