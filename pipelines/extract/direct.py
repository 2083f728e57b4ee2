"""Direct speech: each passage between marks that no frame holds goes to the cue beside it, or to who spoke before."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from pipelines.extract.cues import speaks
from pipelines.extract.frames import subject_token
from pipelines.extract.quote_marks import Passage
from pipelines.extract.tree import Tree

SENTENCE_END = frozenset(".!?")
UTTERANCE = 4  # words between marks that are no mere term
SIGNED = re.compile(r"\s*(?P<dash>[―—–]|--?)\s*(?P<who>[A-Z][^\n.,:;!?\"“”]{1,60}?)[.\s]*(?:\n|$)")


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

    def holds(self, p: Passage) -> bool:
        """Whether the passage is part of what is said."""
        return any(start <= p.start and p.end <= end for start, end in self.pieces)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap joined."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


class Speech:
    """The passages of one document, and what stands beside them."""

    def __init__(self, doc: Doc, text: str, tree: Tree, marked: Sequence[Passage], quoted: frozenset[int]) -> None:
        """Take a document, its text, its parse, its passages, and the tokens in them."""
        self._doc = doc
        self._text = text
        self._tree = tree
        self._marked = marked
        self._quoted = quoted

    def beside(self, found: Sequence[Attribution]) -> list[Attribution]:
        """Attributions of passages that none of those found holds; passages that carry one on are added to it."""
        new: list[Attribution] = []
        by_cue = {a.cue.i: a for a in found if a.cue is not None}
        last: Attribution | None = None
        previous: Passage | None = None
        for p in self._marked:
            said = next((a for a in found if a.holds(p)), None)
            if said is None:
                said = self._attribution(p, by_cue, last, previous)
                if said is None:
                    continue
                if not said.pieces:
                    new.append(said)
                said.pieces = merged([*said.pieces, (p.start, p.end)])
            last, previous = said, p
        return new

    def _attribution(
        self, p: Passage, by_cue: dict[int, Attribution], last: Attribution | None, previous: Passage | None
    ) -> Attribution | None:
        """Whose words a passage is; null for a mere term or a title."""
        if p.continues and last is not None:
            return last
        signed = self._signed(p)
        if signed is not None:
            return signed
        cue = self._cue(p)
        if cue is not None:
            return by_cue.setdefault(cue.i, Attribution(cue, subject_token(self._tree, cue)))
        if last is not None and previous is not None and self._goes_on(previous, p):
            return last
        return Attribution(None, None) if self._words(p) >= UTTERANCE and self._is_sentence(p) else None

    def _signed(self, p: Passage) -> Attribution | None:
        """An utterance with its speaker's name under it: "..." - Rosa Thiel."""
        match = SIGNED.match(self._text, p.end)
        if match is None or self._words(p) < UTTERANCE:
            return None
        dash = self._doc.char_span(*match.span("dash"), alignment_mode="expand")
        who = self._doc.char_span(*match.span("who"), alignment_mode="expand")
        return Attribution(dash.root, who.root) if dash is not None and who is not None else None

    def _cue(self, p: Passage) -> Token | None:
        """The verb beside a passage: behind it where the passage ends with a comma, else before it first."""
        after, before = self._cue_after(p), self._cue_before(p)
        ending = self._inner(p)[-1:]
        return (after or before) if ending == "," or before is None else before

    def _cue_after(self, p: Passage) -> Token | None:
        """The uppermost of the speaking verbs in the rest of the sentence: "...," said Ames, who leads the team."""
        if self._inner(p).endswith("."):
            return None
        first = bisect_left(self._doc, p.end, key=_start)
        verbs = []
        for token in self._doc[first:]:
            if token.i in self._quoted or "\n" in token.text or (token.is_sent_start and token.i > first):
                break
            if speaks(token):
                verbs.append(token)
        return min(verbs, key=_depth, default=None)

    def _cue_before(self, p: Passage) -> Token | None:
        """The last speaking verb in the sentence so far, which may end a paragraph with a colon: She said: "..."."""
        last = bisect_left(self._doc, p.start, key=_start) - 1
        while last >= 0 and self._doc[last].is_space:
            last -= 1
        if last < 0 or ("\n" in self._text[self._doc[last].idx : p.start] and self._doc[last].text != ":"):
            return None
        for i in range(last, -1, -1):
            token = self._doc[i]
            if i in self._quoted or "\n" in token.text or (token.text in SENTENCE_END and i < last):
                break
            if speaks(token):
                return token
        root = self._doc[last].sent.root
        return root if self._doc[last].text == ":" and root.pos_ == "VERB" else None

    def _goes_on(self, previous: Passage, p: Passage) -> bool:
        """Whether one who spoke in the passage before speaks on in the same paragraph."""
        return "\n" not in self._text[previous.end : p.start] and self._is_sentence(p)

    def _is_sentence(self, p: Passage) -> bool:
        """Whether the passage stands for a sentence or more, not for a term within one."""
        before = self._text[: p.start].rstrip(" \t")[-1:]
        return self._inner(p)[:1].isupper() and (not before or before in ".!?\n:,”\"'’")

    def _inner(self, p: Passage) -> str:
        return self._text[p.inner_start : p.inner_end].strip()

    def _words(self, p: Passage) -> int:
        return len(self._inner(p).split())


def _start(token: Token) -> int:
    return int(token.idx)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)
