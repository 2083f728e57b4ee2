"""What is attributed to whom: reporting frames outside quotation marks, joined with the passages between them."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from pipelines.extract.cue_model import probability
from pipelines.extract.direct import Attribution, Speech, merged
from pipelines.extract.frames import Frame, frames
from pipelines.extract.quote_marks import Passage
from pipelines.extract.transcripts import turns
from pipelines.extract.tree import Tree

DATELINE = re.compile(r"[A-Z][A-Z.’' -]+(?:, [\w. ]{1,30})?(?: \([^()\n]{1,30}\))? *(?:[—–-]|--) +")
THRESHOLD = 0.28  # of all tried on PolNeAR dev by cross-validation, the best F1 of indirect speech


def quoted_tokens(doc: Doc, marked: Sequence[Passage]) -> frozenset[int]:
    """Tokens between quotation marks, the marks included."""
    spans = (doc.char_span(p.start, p.end, alignment_mode="contract") for p in marked)
    return frozenset(t.i for span in spans if span is not None for t in span)


def attributions(doc: Doc, text: str, tree: Tree, marked: Sequence[Passage]) -> list[Attribution]:
    """All attributions of a document, none within what another reports."""
    spoken = turns(doc, text)
    free = [p for p in marked if not any(s < p.end and p.start < e for a in spoken for s, e in a.pieces)]
    quoted = quoted_tokens(doc, free)
    said = frozenset(t.i for a in spoken for s, e in a.pieces for t in _tokens(doc, s, e))
    found = [of_frame(doc, text, f, free) for f in outermost(likely(tree, quoted, said))]
    return spoken + found + Speech(doc, text, tree, free, quoted).beside(found)


def _tokens(doc: Doc, start: int, end: int) -> Iterable[Token]:
    return doc.char_span(start, end, alignment_mode="expand") or ()


def likely(tree: Tree, quoted: frozenset[int], said: frozenset[int]) -> list[tuple[float, Frame]]:
    """Frames whose cue is neither quoted nor part of a turn, with the probability that they report."""
    words = (i for i in range(len(tree.pos)) if i not in quoted and i not in said)
    scored = ((probability(tree, f, quoted), f) for f in frames(tree, words))
    return [(p, f) for p, f in scored if p >= THRESHOLD]


def outermost(scored: Iterable[tuple[float, Frame]]) -> list[Frame]:
    """Frames of which none stands in what another reports: the outer one is kept, among equals the likelier."""
    kept: list[Frame] = []
    for _, frame in sorted(scored, key=lambda pf: (-len(pf[1].content), -pf[0], pf[1].cue)):
        if not any(frame.cue in k.content or k.cue in frame.content for k in kept):
            kept.append(frame)
    return sorted(kept, key=lambda f: f.cue)


def of_frame(doc: Doc, text: str, frame: Frame, marked: Sequence[Passage]) -> Attribution:
    """A frame's content as character spans, each passage that it touches taken whole."""
    cue = doc[frame.cue]
    spans = []
    for first, last in _runs(doc, frame):
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        dateline = DATELINE.match(text, start, end)
        start = dateline.end() if dateline and doc[first].is_sent_start else start
        touched = [p for p in marked if p.start < end and start < p.end and not p.start <= cue.idx < p.end]
        spans.append((min([start, *(p.start for p in touched)]), max([end, *(p.end for p in touched)])))
    source = doc[frame.source] if frame.source is not None else None
    return Attribution(cue, source, _of_one_mind(merged(spans), cue.idx, marked))


def _of_one_mind(spans: list[tuple[int, int]], cue: int, marked: Sequence[Passage]) -> list[tuple[int, int]]:
    """Without what follows the cue outside of marks, where a passage stands before it: "...," she said, and left."""
    before = any(start <= p.start and p.end <= end <= cue for start, end in spans for p in marked)
    if not before:
        return spans
    return [s for s in spans if s[1] <= cue or any(s[0] <= p.start and p.end <= s[1] for p in marked)]


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
