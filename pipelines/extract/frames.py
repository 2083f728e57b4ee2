"""Around a word that may report: who is said to speak, and what he is said to say, from the parse."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Token

from pipelines.extract.cues import classes_of
from pipelines.extract.tree import Tree

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
CLAUSES = frozenset({"ccomp", "xcomp"})
OBJECTS = frozenset({"dobj", "oprd", "attr", "acomp"})
GOVERNED = CLAUSES | OBJECTS
COMPLEMENTS = GOVERNED | {"prep", "advcl", "pcomp", "npadvmod", "advmod", "dative", "prt", "agent", "relcl"}
OF_ADJECTIVES = CLAUSES | {"prep", "pcomp"}
OF_NOUNS = frozenset({"acl", "ccomp", "relcl"})
INTERRUPTING = frozenset({"parataxis", "ccomp", "advcl"})
MARKED = CLAUSES | {"dobj", "mark", "aux"}
VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
SPEECH = frozenset({"say", "tell"})
WHERE = frozenset({"in", "at", "on", "during"})
ABOUT = frozenset({"of", "about", "for", "on", "against"})
ADDING = frozenset({"relcl", "advcl", "acl"})
ASIDE = frozenset({",", "--", "–", "—"})
SHORTEST = 4  # tokens of a clause with its comma
SHARED_SUBJECT = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp"})


class Frame(NamedTuple):
    """A word that may report, the head of who speaks, the tokens of what is said, and how they hang together."""

    cue: int
    source: int | None
    content: frozenset[int]
    shape: str


def frames(tree: Tree, words: Iterable[int]) -> Iterator[Frame]:
    """Every verb, noun and adjective among some words that governs something that could be said, in order."""
    parts, lower = tree.pos, tree.lower
    for word in words:
        pos = parts[word]
        if lower[word] == "according":
            frame = according_frame(tree, word)
        elif pos in VERBS:
            frame = verb_frame(tree, word)
        elif pos == "NOUN":
            frame = noun_frame(tree, word)
        elif pos == "ADJ" and tree.dep[word] in {"acomp", "oprd", "conj"}:
            frame = adjective_frame(tree, word)
        else:
            continue
        if frame is not None and frame.content:
            yield frame


def verb_frame(tree: Tree, verb: int) -> Frame | None:
    """The frame of a verb; null where nothing depends on it that could be said."""
    if not tree.children[verb]:
        return None
    source = subject(tree, verb)
    passive = tree.first(tree.children[verb], "nsubjpass")
    clause = _misplaced(tree, verb)
    if clause is not None:
        return Frame(verb, source, frozenset(tree.under([clause])), "clause")
    for shape, heads in _contents(tree, verb, passive):
        fronted = _fronted(tree, verb, source) if shape in {"object", "preposition"} else frozenset()
        if fronted:
            return Frame(verb, source, fronted, "fronted")
        content = {*tree.under(heads)}
        if shape == "around":
            content -= own_clause(tree, verb, source, heads)
        if content := without_asides(tree, content):
            return Frame(verb, _agent(tree, verb) if passive is not None else source, frozenset(content), shape)
    fronted = _fronted(tree, verb, source)
    return Frame(verb, source, fronted, "fronted") if fronted else None


def _misplaced(tree: Tree, verb: int) -> int | None:
    """What is said, where the parser hung it on where: "said in a statement / that the mill had shut"."""
    if not classes_of(tree.pos[verb], tree.lemma[verb]) & SPEECH:
        return None
    if tree.first(tree.children[verb], "ccomp") is not None:
        return None
    for preposition in tree.rights(verb):
        if tree.lower[preposition] in WHERE:
            for noun in tree.children[preposition]:
                if tree.dep[noun] == "pobj":
                    for clause in tree.rights(noun):
                        if tree.dep[clause] == "acl" and _is_that(tree, clause):
                            return clause
    return None


def _is_that(tree: Tree, clause: int) -> bool:
    return any(tree.dep[c] == "mark" and tree.lower[c] == "that" for c in tree.children[clause])


def _fronted(tree: Tree, verb: int, source: int | None) -> frozenset[int]:
    """What stands before the comma before a main clause of subject and verb alone, where the parser missed it."""
    if tree.dep[verb] != "ROOT" or source is None or tree.head[source] != verb:
        return frozenset()
    if tree.has(verb, GOVERNED):
        return frozenset()
    edge = min(*tree.under([source]), verb)
    start = tree.sentence_start(verb)
    if edge - start < SHORTEST or tree.lower[edge - 1] != ",":
        return frozenset()
    return frozenset(range(start, edge - 1))


def _contents(tree: Tree, verb: int, passive: int | None) -> Iterator[tuple[str, list[int]]]:
    """What the verb governs, the likeliest way to report first."""
    dep = tree.dep
    right = [c for c in tree.children[verb] if c > verb and dep[c] in COMPLEMENTS]
    clauses = [c for c in tree.children[verb] if dep[c] == "ccomp"]
    after = [c for c in clauses if c > verb]
    before = [c for c in clauses if c < verb]
    if before:
        yield "before", before
    if after:
        yield "clause", after
    if dep[verb] in INTERRUPTING and _interrupts(tree, verb):
        yield "around", [tree.head[verb]]
    if passive is not None:
        yield "passive", [passive, *(c for c in right if dep[c] not in {"agent", "advcl"})]
    infinitive = [c for c in right if dep[c] == "xcomp"]
    objects = [c for c in right if dep[c] in OBJECTS]
    if infinitive and not objects:
        yield "infinitive", infinitive
    fronted = [c for c in tree.lefts(verb) if dep[c] in OBJECTS]
    if objects or fronted:
        rest = [c for c in right if dep[c] != "advcl"]
        yield "object", [*fronted, *_from(objects[0], rest)] if objects else [*fronted, *rest]
    prepositions = [c for c in right if dep[c] == "prep"]
    if prepositions:
        yield "preposition", _from(prepositions[0], right)
    if infinitive:
        yield "infinitive", infinitive


def _interrupts(tree: Tree, verb: int) -> bool:
    """Whether the verb stands within the clause that it reports: "the cost, he said, is high"."""
    children = tree.children[verb]
    if tree.pos[tree.head[verb]] not in VERBS or tree.first(children, "nsubj") is None:
        return False
    marked_as = any(tree.dep[c] == "mark" and tree.lower[c] == "as" for c in children)
    return marked_as or (tree.dep[verb] != "advcl" and not tree.has(verb, MARKED))


def _from(first: int, words: list[int]) -> list[int]:
    return [w for w in words if w >= first]


def without_asides(tree: Tree, content: set[int]) -> set[int]:
    """Content without a last clause behind a comma that only adds to it: "..., who leads", "..., citing the cost"."""
    for word in sorted(w for w in content if tree.dep[w] in ADDING):
        if tree.dep[word] == "relcl" or tree.tag[word] == "VBG":
            aside = tree.under([word])
            edge = min(aside)
            if edge > min(content) and tree.lower[edge - 1] in ASIDE and max(aside) >= max(content) - 1:
                return content.difference(aside)
    return content


def own_clause(tree: Tree, verb: int, source: int | None, heads: list[int]) -> set[int]:
    """The tokens of the reporting clause itself, which are no part of what is reported."""
    if tree.head[verb] in heads and tree.head[verb] != verb:
        return {*tree.under([verb])}
    beside = [c for c in tree.children[verb] if c not in heads and tree.dep[c] != "punct"]
    if source is not None and tree.head[source] == verb and source not in heads:
        beside.append(source)
    return {verb, *tree.under(beside)}


def subject(tree: Tree, verb: int, depth: int = 4) -> int | None:
    """The head of the phrase that does what the verb says, through coordination and control."""
    dep = tree.dep[verb]
    head = tree.head[verb]
    own = next((c for c in tree.children[verb] if tree.dep[c] in SUBJECTS), None)
    if own is not None:
        return own
    if dep == "acl" and tree.pos[head] in NOUNS:
        if tree.tag[verb] != "VBG":
            return None
        return _subject_above(tree, verb, depth) if verb > 0 and tree.lower[verb - 1] == "," else head
    if depth and dep in SHARED_SUBJECT and head != verb:
        return subject(tree, tree.head[head] if tree.pos[head] in {"ADP", "SCONJ"} else head, depth - 1)
    return None


def subject_token(tree: Tree, verb: Token) -> Token | None:
    """As `subject`, for tokens."""
    found = subject(tree, verb.i)
    return verb.doc[found] if found is not None else None


def _subject_above(tree: Tree, verb: int, depth: int) -> int | None:
    """The subject of the clause that a participle behind a comma hangs on, whatever noun the parser hung it on."""
    noun = tree.head[verb]
    above = next((a for a in tree.ancestors(noun) if tree.pos[a] in VERBS), None)
    found = subject(tree, above, depth - 1) if above is not None and depth else None
    return found if found is not None else noun


def _agent(tree: Tree, verb: int) -> int | None:
    by = tree.first(tree.children[verb], "agent")
    return tree.first(tree.children[by], "pobj") if by is not None else None


def according_frame(tree: Tree, word: int) -> Frame | None:
    """The frame of "according to": the rest of the clause that it hangs on."""
    behind = min(word + 1, len(tree.lower) - 1)
    to = next((c for c in tree.children[word] if tree.lower[c] == "to"), behind)
    source = tree.first(tree.children[to], "pobj")
    head = tree.head[word]
    while tree.pos[head] not in VERBS and tree.head[head] != head:
        head = tree.head[head]
    return Frame(word, source, frozenset(tree.under([head])).difference(tree.under([word, to])), "according")


def adjective_frame(tree: Tree, adjective: int) -> Frame | None:
    """The frame of an adjective behind "to be": "they are hopeful that ...", "worried about ..."."""
    heads = [c for c in tree.rights(adjective) if tree.dep[c] in OF_ADJECTIVES]
    if not heads:
        return None
    return Frame(adjective, subject(tree, tree.head[adjective]), frozenset(tree.under(heads)), "adjective")


def noun_frame(tree: Tree, noun: int) -> Frame | None:
    """The frame of a noun: "his claim that ...", "the promise to ..."."""
    right = tree.rights(noun)
    if not right:
        return None
    clauses = [c for c in right if tree.dep[c] in OF_NOUNS and _complement(tree, c)]
    heads = clauses or [c for c in right if tree.dep[c] == "prep" and tree.lower[c] in ABOUT]
    if not heads:
        return None
    owner = tree.first(tree.children[noun], "poss")
    return Frame(noun, owner, frozenset(tree.under(heads)), "noun clause" if clauses else "noun preposition")


def _complement(tree: Tree, clause: int) -> bool:
    if tree.dep[clause] == "ccomp":
        return True
    marks = {tree.lower[c] for c in tree.children[clause] if tree.dep[c] in {"mark", "aux"}}
    return bool(marks & {"that", "to"})
