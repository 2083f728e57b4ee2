"""What is attributed to whom: reporting frames outside quotation marks, joined with the passages between them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from pipelines.extract.cue_model import probability
from pipelines.extract.cues import speaks
from pipelines.extract.frames import Frame, frames, subject
from pipelines.extract.quote_marks import Passage

THRESHOLD = 0.3
SENTENCE_END = frozenset(".!?")
UTTERANCE = 4  # words between marks that are no mere term


@dataclass
class Attribution:
    """What is said, by whom, and the word that reports it; `pieces` are spans of characters, in order."""

    cue: Token | None
    source: Token | None
    pieces: list[tuple[int, int]] = field(default_factory=list)

    @property
    def cue_span(self) -> tuple[int, int] | None:
        """Characters of the reporting word, with "to" after "according" and a particle after its verb."""
        if self.cue is None:
            return None
        last = self.cue
        for child in self.cue.rights:
            if child.i == last.i + 1 and (child.dep_ == "prt" or self.cue.lower_ == "according"):
                last = child
        return self.cue.idx, last.idx + len(last)


def quoted_tokens(doc: Doc, marked: Sequence[Passage]) -> frozenset[int]:
    """Tokens between quotation marks, the marks included."""
    spans = (doc.char_span(p.start, p.end, alignment_mode="contract") for p in marked)
    return frozenset(t.i for span in spans if span is not None for t in span)


def attributions(doc: Doc, marked: Sequence[Passage]) -> list[Attribution]:
    """All attributions of a document, none within what another reports."""
    quoted = quoted_tokens(doc, marked)
    found = [_of_frame(doc, f, marked) for f in outermost(likely(doc, quoted))]
    covered = {p for a in found for p in marked if any(s <= p.start and p.end <= e for s, e in a.pieces)}
    return found + _of_passages(doc, marked, quoted, found, covered)


def likely(doc: Doc, quoted: frozenset[int]) -> list[tuple[float, Frame]]:
    """Frames outside quotation marks that report, with their probability."""
    scored = ((probability(doc, f, quoted), f) for f in frames(doc) if f.cue.i not in quoted)
    return [(p, f) for p, f in scored if p >= THRESHOLD]


def outermost(scored: Iterable[tuple[float, Frame]]) -> list[Frame]:
    """Frames of which none stands in what another reports, the likelier kept."""
    kept: list[Frame] = []
    for _, frame in sorted(scored, key=lambda pf: (-pf[0], pf[1].cue.i)):
        if not any(frame.cue.i in k.content or k.cue.i in frame.content for k in kept):
            kept.append(frame)
    return sorted(kept, key=lambda f: f.cue.i)


def _of_frame(doc: Doc, frame: Frame, marked: Sequence[Passage]) -> Attribution:
    """A frame's content as character spans, each passage that it touches taken whole."""
    runs = list(_runs(doc, frame))
    spans = []
    for first, last in runs:
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        touched = [p for p in marked if p.start < end and start < p.end and not p.start <= frame.cue.idx < p.end]
        spans.append((min([start, *(p.start for p in touched)]), max([end, *(p.end for p in touched)])))
    return Attribution(frame.cue, frame.source, _merged(spans))


def _runs(doc: Doc, frame: Frame) -> Iterable[tuple[int, int]]:
    """Runs of the content's tokens without punctuation at their ends; a gap of mere punctuation does not part them."""
    words = [i for i in sorted(frame.content) if not (doc[i].is_punct or doc[i].is_space)]
    first = last = None
    for i in words:
        if last is not None and first is not None and any(not doc[j].is_punct for j in range(last + 1, i)):
            yield first, last
            first = i
        first = i if first is None else first
        last = i
    if first is not None and last is not None:
        yield first, last


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _of_passages(
    doc: Doc,
    marked: Sequence[Passage],
    quoted: frozenset[int],
    found: Sequence[Attribution],
    covered: set[Passage],
) -> list[Attribution]:
    """Passages that no frame holds: each to the cue beside it, or to whoever spoke before it."""
    new: list[Attribution] = []
    by_cue = {a.cue.i: a for a in found if a.cue is not None}
    last: Attribution | None = None
    previous: Passage | None = None
    for p in marked:
        if p in covered:
            holder = next(a for a in found if any(s <= p.start and p.end <= e for s, e in a.pieces))
            last, previous = holder, p
            continue
        cue = _cue_beside(doc, p, quoted)
        if cue is not None and not (p.continues and last):
            attribution = by_cue.get(cue.i)
            if attribution is None:
                attribution = Attribution(cue, subject(cue))
                by_cue[cue.i] = attribution
                new.append(attribution)
        elif last is not None and previous is not None and _carries_on(doc.text, previous, p):
            attribution = last
        elif _words(doc.text, p) >= UTTERANCE and _is_sentence(doc.text, p):
            attribution = Attribution(None, None)
            new.append(attribution)
        else:
            continue
        attribution.pieces = _merged([*attribution.pieces, (p.start, p.end)])
        last, previous = attribution, p
    return new


def _start(token: Token) -> int:
    return int(token.idx)


def _words(text: str, p: Passage) -> int:
    return len(text[p.inner_start : p.inner_end].split())


def _is_sentence(text: str, p: Passage) -> bool:
    """Whether the passage stands for a sentence or more, not for a term within one."""
    inner = text[p.inner_start : p.inner_end].strip()
    before = text[: p.start].rstrip(" \t")
    return inner[:1].isupper() and (not before or before[-1] in ".!?\n:,”\"'’")


def _carries_on(text: str, previous: Passage, p: Passage) -> bool:
    """Whether one who spoke in the passage before goes on speaking."""
    if p.continues:
        return True
    between = text[previous.end : p.start]
    return "\n" not in between and _is_sentence(text, p)


def _cue_beside(doc: Doc, p: Passage, quoted: frozenset[int]) -> Token | None:
    after = _cue_after(doc, p, quoted)
    before = _cue_before(doc, p, quoted)
    ending = doc.text[p.inner_start : p.inner_end].rstrip()[-1:]
    return (after or before) if ending == "," or before is None else before


def _cue_after(doc: Doc, p: Passage, quoted: frozenset[int]) -> Token | None:
    """The first speaking verb in the rest of the sentence: "...," she said."""
    if doc.text[p.inner_start : p.inner_end].rstrip()[-1:] == ".":
        return None
    first = bisect_left(doc, p.end, key=_start)
    for token in doc[first:]:
        if token.i in quoted or "\n" in token.text or (token.is_sent_start and token.i > first):
            return None
        if speaks(token):
            return token
    return None


def _cue_before(doc: Doc, p: Passage, quoted: frozenset[int]) -> Token | None:
    """The last speaking verb in the sentence so far: She said: "..."."""
    last = bisect_left(doc, p.start, key=_start) - 1
    for i in range(last, -1, -1):
        token = doc[i]
        if i in quoted or "\n" in token.text or (token.text in SENTENCE_END and i < last):
            return None
        if speaks(token):
            return token
    return None
