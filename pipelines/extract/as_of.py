"""The days for which a figure is given."""

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc, Token

from pipelines.extract.hedges import Over
from pipelines.schemas import Quantity, Time

Days = tuple[date | None, date | None]
CLAUSES = frozenset({"VERB", "AUX"})


def as_of(
    doc: Doc,
    times: Sequence[Time],
    quantity: Quantity,
    figure: Token,
    over: Sequence[Over],
    cue: Token | None,
    published: date | None,
) -> Days:
    """The days of the innermost clause over a figure that has a time, else the day of publication.

    Of two times in one clause the nearer counts. A time beside the cue is when it was said, and serves where the
    clause itself has none.
    """
    depth = {cue.i: len(over) + 1} if cue is not None else {}
    depth |= {figure.i: 0} | {step.word.i: n for n, step in enumerate(over, 1)}
    found: list[tuple[int, int, Days]] = []
    for time in _near(times, figure):
        span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
        apart = time["end"] <= quantity["start"] or quantity["end"] <= time["start"]
        if span is None or not apart:
            continue
        above = _clause(span.root, depth)
        if above is not None:
            distance = abs(time["start"] - quantity["start"])
            found.append((depth[above], distance, (time["first_day"], time["last_day"])))
    return min(found, key=lambda f: f[:2])[2] if found else (published, published)


def _near(times: Sequence[Time], figure: Token) -> list[Time]:
    """Times with known days in the figure's sentence."""
    sent = figure.sent
    return [t for t in times if t["first_day"] is not None and sent.start_char <= t["start"] < sent.end_char]


def _clause(token: Token, depth: dict[int, int]) -> int | None:
    """Index of the word over the figure that a time hangs on, with no clause of its own between; null if none."""
    for above in (token, *token.ancestors):
        if above.i in depth:
            return above.i
        if above.pos_ in CLAUSES and above.dep_ != "xcomp":
            return None
    return None
