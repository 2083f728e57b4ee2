"""Around a word that may report: who is said to speak, and what he is said to say, from the parse."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipelines.extract.cues import cue_classes

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
CLAUSES = frozenset({"ccomp", "xcomp"})
OBJECTS = frozenset({"dobj", "oprd", "attr", "acomp"})
COMPLEMENTS = CLAUSES | OBJECTS | {"prep", "advcl", "pcomp", "npadvmod", "advmod", "dative", "prt", "agent", "relcl"}
SPEECH = frozenset({"say", "tell"})
WHERE = frozenset({"in", "at", "on", "during"})
ASIDE = frozenset({",", "--", "–", "—"})
SHORTEST = 4  # tokens of a clause with its comma
SHARED_SUBJECT = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp"})


@dataclass(frozen=True)
class Frame:
    """A word that may report, the head of who speaks, the tokens of what is said, and how they hang together."""

    cue: Token
    source: Token | None
    content: frozenset[int]
    shape: str


def frames(words: Iterable[Token]) -> Iterator[Frame]:
    """Every verb, noun and adjective among some words that governs something that could be said, in order."""
    for token in words:
        if token.lower_ == "according":
            frame = according_frame(token)
        elif token.pos_ in {"VERB", "AUX"}:
            frame = verb_frame(token)
        elif token.pos_ == "NOUN":
            frame = noun_frame(token)
        elif token.pos_ == "ADJ" and token.dep_ in {"acomp", "oprd", "conj"}:
            frame = adjective_frame(token)
        else:
            continue
        if frame is not None and frame.content:
            yield frame


def verb_frame(verb: Token) -> Frame | None:
    """The frame of a verb; null where nothing depends on it that could be said."""
    source = subject(verb)
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    clause = _misplaced(verb)
    if clause is not None:
        return Frame(verb, source, frozenset(subtrees([clause])), "clause")
    for shape, heads in _contents(verb, passive):
        fronted = _fronted(verb, source) if shape in {"object", "preposition"} else frozenset()
        if fronted:
            return Frame(verb, source, fronted, "fronted")
        content = without_asides(verb.doc, subtrees(heads) - own_clause(verb, source, heads))
        if content:
            return Frame(verb, _agent(verb) if passive else source, frozenset(content), shape)
    fronted = _fronted(verb, source)
    return Frame(verb, source, fronted, "fronted") if fronted else None


def _misplaced(verb: Token) -> Token | None:
    """What is said, where the parser hung it on where: "said in a statement / that the mill had shut"."""
    if not cue_classes(verb) & SPEECH or any(c.dep_ == "ccomp" for c in verb.children):
        return None
    nouns = (noun for prep in verb.rights if prep.lower_ in WHERE for noun in prep.children if noun.dep_ == "pobj")
    clauses = (c for noun in nouns for c in noun.rights if c.dep_ == "acl")
    return next((c for c in clauses if any(m.dep_ == "mark" and m.lower_ == "that" for m in c.children)), None)


def _fronted(verb: Token, source: Token | None) -> frozenset[int]:
    """What stands before the comma before a main clause of subject and verb alone, where the parser missed it."""
    if verb.dep_ != "ROOT" or source is None or source.head != verb:
        return frozenset()
    if any(c.dep_ in CLAUSES | OBJECTS for c in verb.children):
        return frozenset()
    edge = min(source.left_edge.i, verb.i)
    start = verb.sent.start
    if edge - start < SHORTEST or verb.doc[edge - 1].text != ",":
        return frozenset()
    return frozenset(range(start, edge - 1))


def _contents(verb: Token, passive: Token | None) -> Iterator[tuple[str, list[Token]]]:
    """What the verb governs, the likeliest way to report first."""
    right = [c for c in verb.rights if c.dep_ in COMPLEMENTS]
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    after = [c for c in clauses if c.i > verb.i]
    before = [c for c in clauses if c.i < verb.i]
    if before:
        yield "before", before
    if after:
        yield "clause", after
    if verb.dep_ in {"parataxis", "ccomp", "advcl"} and _interrupts(verb):
        yield "around", [verb.head]
    if passive is not None:
        yield "passive", [passive, *(c for c in right if c.dep_ not in {"agent", "advcl"})]
    infinitive = [c for c in right if c.dep_ == "xcomp"]
    objects = [c for c in right if c.dep_ in OBJECTS]
    if infinitive and not objects:
        yield "infinitive", infinitive
    fronted = [c for c in verb.lefts if c.dep_ in OBJECTS]
    if objects or fronted:
        rest = [c for c in right if c.dep_ != "advcl"]
        yield "object", [*fronted, *_from(objects[0], rest)] if objects else [*fronted, *rest]
    prepositions = [c for c in right if c.dep_ == "prep"]
    if prepositions:
        yield "preposition", _from(prepositions[0], right)
    if infinitive:
        yield "infinitive", infinitive


def _interrupts(verb: Token) -> bool:
    """Whether the verb stands within the clause that it reports: "the cost, he said, is high"."""
    marked_as = any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children)
    bare = not any(c.dep_ in CLAUSES | {"dobj", "mark", "aux"} and not marked_as for c in verb.children)
    has_subject = any(c.dep_ == "nsubj" for c in verb.children)
    return has_subject and verb.head.pos_ in {"VERB", "AUX"} and (marked_as or (bare and verb.dep_ != "advcl"))


def _from(first: Token, tokens: list[Token]) -> list[Token]:
    return [t for t in tokens if t.i >= first.i]


def subtrees(heads: Iterable[Token]) -> set[int]:
    """Indices of the tokens under each of some heads."""
    return {t.i for head in heads for t in head.subtree}


def without_asides(doc: Doc, content: set[int]) -> set[int]:
    """Content without a last clause behind a comma that only adds to it: "..., who leads", "..., citing the cost"."""
    if not content:
        return content
    first, last = min(content), max(content)
    for i in sorted(content):
        token = doc[i]
        aside = token.dep_ == "relcl" or (token.dep_ in {"advcl", "acl"} and token.tag_ == "VBG")
        edge = token.left_edge.i
        if aside and edge > first and doc[edge - 1].text in ASIDE and token.right_edge.i >= last - 1:
            return content - {t.i for t in token.subtree}
    return content


def own_clause(verb: Token, source: Token | None, heads: list[Token]) -> set[int]:
    """The tokens of the reporting clause itself, which are no part of what is reported."""
    out = {verb.i}
    if verb.head in heads and verb.head != verb:
        return out | {t.i for t in verb.subtree}
    if source is not None and source.head == verb and source not in heads:
        out |= {t.i for t in source.subtree}
    for child in verb.children:
        if child not in heads and child.dep_ != "punct":
            out |= {t.i for t in child.subtree}
    return out


def subject(verb: Token, depth: int = 4) -> Token | None:
    """The head of the phrase that does what the verb says, through coordination and control."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own:
        return own[0]
    if verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        if verb.tag_ != "VBG":
            return None
        return _subject_above(verb, depth) if verb.i > 0 and verb.nbor(-1).text == "," else verb.head
    if depth and verb.dep_ in SHARED_SUBJECT and verb.head != verb:
        head = verb.head.head if verb.head.pos_ in {"ADP", "SCONJ"} else verb.head
        return subject(head, depth - 1)
    return None


def _subject_above(verb: Token, depth: int) -> Token | None:
    """The subject of the clause that a participle behind a comma hangs on, whatever noun the parser hung it on."""
    above = next((a for a in verb.head.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    return (subject(above, depth - 1) if above is not None and depth else None) or verb.head


def _agent(verb: Token) -> Token | None:
    by = next((c for c in verb.children if c.dep_ == "agent"), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None


def according_frame(token: Token) -> Frame | None:
    """The frame of "according to": the rest of the clause that it hangs on."""
    to = next((c for c in token.children if c.lower_ == "to"), token.nbor() if token.i + 1 < len(token.doc) else token)
    source = next((c for c in to.children if c.dep_ == "pobj"), None)
    head = token.head
    while head.pos_ not in {"VERB", "AUX"} and head.head != head:
        head = head.head
    return Frame(token, source, frozenset(subtrees([head]) - subtrees([token, to])), "according")


def adjective_frame(adjective: Token) -> Frame | None:
    """The frame of an adjective behind "to be": "they are hopeful that ...", "worried about ..."."""
    heads = [c for c in adjective.rights if c.dep_ in CLAUSES | {"prep", "pcomp"}]
    return Frame(adjective, subject(adjective.head), frozenset(subtrees(heads)), "adjective") if heads else None


def noun_frame(noun: Token) -> Frame | None:
    """The frame of a noun: "his claim that ...", "the promise to ..."."""
    clauses = [c for c in noun.rights if c.dep_ in {"acl", "ccomp", "relcl"} and _complement(c)]
    prepositions = [c for c in noun.rights if c.dep_ == "prep" and c.lower_ in {"of", "about", "for", "on", "against"}]
    if not clauses and not prepositions:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    shape = "noun clause" if clauses else "noun preposition"
    return Frame(noun, owner, frozenset(subtrees(clauses or prepositions)), shape)


def _complement(clause: Token) -> bool:
    if clause.dep_ == "ccomp":
        return True
    marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "aux"}}
    return bool(marks & {"that", "to"})
