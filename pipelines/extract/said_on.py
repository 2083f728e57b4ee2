"""The day on which something was said, where the reporting clause tells it: "said on Tuesday", "in Monday's speech"."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipelines.extract.direct import Attribution
from pipelines.extract.reporting import belongs
from pipelines.schemas import Time

Days = tuple[date, date] | tuple[None, None]
UNKNOWN: Days = (None, None)
NAMES = frozenset({"ORG", "WORK_OF_ART", "PRODUCT"})  # "USA Today"
VERBS = frozenset({"VERB", "AUX"})
# What is issued on a day was said on it: "a statement released on Monday".
ISSUED = frozenset({"release", "publish", "issue", "post", "file", "send", "date", "air", "broadcast", "record"})
# Of these, the time is another's: "said after Tuesday's vote", "in a report on last year's fire".
OTHERS = frozenset({
    "after", "before", "until", "till", "since", "about", "regarding", "for", "against", "following", "amid", "despite",
    "ahead", "between", "toward", "towards", "than", "as", "by", "from", "because", "through", "within", "into",
})  # fmt: skip


class Clock(NamedTuple):
    """The times of a document with their head tokens, all tokens in times, and the last day that can be meant."""

    times: Sequence[tuple[Time, Token]]
    tokens: frozenset[int]
    published: date | None

    @classmethod
    def of(cls, doc: Doc, times: Sequence[Time], published: date | None) -> "Clock":
        """The dates among them that are known by their days."""
        spans = [(t, doc.char_span(t["start"], t["end"], alignment_mode="expand")) for t in times]
        tokens = frozenset(i for _, span in spans if span is not None for i in range(span.start, span.end))
        free = ((t, s.root) for t, s in spans if s is not None and s.root.ent_type_ not in NAMES)
        dated = [(t, root) for t, root in free if t["value"][:1].isdigit() and t["first_day"]]
        return cls(dated, tokens, published)


def said_on(clock: Clock, said: Attribution, verbs: Sequence[Token], *, by_document: bool) -> Days:
    """First and last day by the time nearest to the cue in its clause; null where none stands there.

    `verbs` are those of the reporting clause; `by_document` tells that the speaker is a document, whose day it is.
    """
    cue = said.cue
    if cue is None or not verbs or any(c.dep_ == "aux" and c.tag_ == "MD" for c in cue.children):
        return UNKNOWN
    sent = cue.sent
    found: list[tuple[int, Time]] = []
    for time, root in clock.times:
        if not sent.start_char <= time["start"] < sent.end_char:
            continue
        if any(start <= time["start"] < end for start, end in said.pieces):
            continue
        if _hangs(root, cue, verbs, said.source if not by_document else None):
            found.append((abs(time["start"] - cue.idx), time))
    if not found:
        return UNKNOWN
    time = min(found, key=lambda f: f[0])[1]
    first, last = time["first_day"], time["last_day"]
    if first is None or last is None or (clock.published is not None and first > clock.published):
        return UNKNOWN
    return first, last


def _hangs(time: Token, cue: Token, verbs: Sequence[Token], speaker: Token | None) -> bool:
    """Whether a time tells when one of the verbs was done, or when that was issued in which it was said."""
    token: Token = time
    below: Token | None = None
    while token not in verbs:
        above = token.head
        if above == speaker:  # "The mayor on Tuesday said"
            return above.i < token.i < cue.i and (token == time or (token.lower_ == "on" and time.head == token))
        if above == token or token.dep_ in {"ccomp", "relcl", "conj"}:
            return False
        if above.pos_ in {"ADP", "SCONJ"} and above.lower_ in OTHERS:
            return False
        if above.lower_ == "of" and token != time:
            return False
        if above.pos_ in VERBS and above not in verbs and above.lemma_ not in ISSUED:
            return False
        token, below = above, token
    return below is None or belongs(below, token, cue)
