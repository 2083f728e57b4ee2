"""How sure a figure is asserted, and whether its assertion is negated, by the words over it in the parse."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from pipelines.extract.cues import classes_of
from pipelines.extract.tree import Tree
from pipelines.schemas import Hedge

ORDER: tuple[Hedge, ...] = ("denied", "possible", "planned", "expected", "estimated", "reported")
OUTLOOK: frozenset[Hedge] = frozenset({"planned", "expected", "estimated"})
HELPERS = frozenset({"aux", "auxpass", "advmod", "acomp", "oprd", "amod"})
VERBS = frozenset({"VERB", "AUX"})
MODIFIERS = frozenset({"nummod", "compound", "amod", "poss", "det", "nmod", "quantmod"})
BACKSHIFTING = frozenset({"VBD", "VBN", "VBG"})  # "said it would", "adding that it would"
TOLD = frozenset({"dobj", "nsubjpass", "attr"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
SPOKEN = frozenset({"say", "tell"})
PASSIVE = frozenset({"auxpass", "nsubjpass"})
OWN = frozenset({"nsubj", "nsubjpass", "aux"})


class Over(NamedTuple):
    """A word over a figure, and the relation by which the way up enters it."""

    word: int
    by: str
    below: int


@cache
def _lexicon() -> dict[str, dict[str, frozenset[str]]]:
    table: dict[str, dict[str, Any]] = tomllib.loads((files(__package__) / "data" / "hedges.toml").read_text("utf-8"))
    return {part: {name: frozenset(words.split()) for name, words in rows.items()} for part, rows in table.items()}


def scope(tree: Tree, figure: int, cue: int | None) -> list[Over]:
    """The words over a figure, innermost first, up to the cue or to where a clause stands for itself.

    A cue that the parse does not reach, as it may be with direct speech, governs the whole of what is said.
    """
    found: list[Over] = []
    word = figure
    while tree.head[word] != word and not _stands_alone(tree, word):
        found.append(Over(tree.head[word], tree.dep[word], word))
        word = tree.head[word]
        if word == cue:
            return found
    return found if cue is None or _stands_alone(tree, word) else [*found, Over(cue, "ccomp", word)]


def _stands_alone(tree: Tree, word: int) -> bool:
    """Whether a clause is told beside the rest of its sentence, whatever mood that is in: "..., with 75% destroyed"."""
    dep = tree.dep[word]
    if tree.pos[word] not in VERBS:
        aside = dep == "prep" and tree.lower[word] == "with" and tree.pos[tree.head[word]] in VERBS
        return aside and word > 0 and tree.lower[word - 1] == ","
    return dep in {"relcl", "parataxis", "advcl"} or (dep == "acl" and tree.tag[word] == "VBN")


def hedge(tree: Tree, figure: int, over: Sequence[Over], cue: int | None) -> Hedge:
    """The weakest of the moods that the words over and beside a figure give it."""
    over = _asserted(tree, figure, over)
    moods = {mood for step in over for mood in _governed(tree, step, cue)}
    moods |= {mood for word in _clauses(tree, figure, over) for mood in _beside(tree, word, cue)}
    if len(moods & OUTLOOK) > 1 and not moods & {"denied", "possible"}:
        return _outermost(tree, over, cue)
    return next((mood for mood in ORDER if mood in moods), "asserted")


def _asserted(tree: Tree, figure: int, over: Sequence[Over]) -> Sequence[Over]:
    """The words over a figure up to a phrase that takes it as known: in "votes for its two seats" there are two seats.

    What is done to as many is told, though: "plans to close its two mills". An age is known whatever its bearer does.
    """
    if over and _is_age_aside(tree, figure, over[0]):
        return over[:1]
    for n, step in enumerate(over):
        noun = step.word
        if step.by not in MODIFIERS or tree.pos[noun] not in {"NOUN", "PROPN"}:
            return over
        if any(tree.dep[c] == "poss" or tree.lower[c] in DEFINITE for c in tree.lefts(noun) if c < figure):
            return over if tree.dep[noun] in TOLD else over[: n + 1]
    return over


def _is_age_aside(tree: Tree, figure: int, step: Over) -> bool:
    """Whether a figure says how old somebody is beside what is said of him: "Ms. Hale, 61, did not come"."""
    behind_name = figure > step.word and tree.pos[step.word] == "PROPN"
    return (step.by in MODIFIERS and tree.lower[figure].endswith("-old")) or (
        behind_name and step.by in MODIFIERS | {"appos", "npadvmod"}
    )


def _outermost(tree: Tree, over: Sequence[Over], cue: int | None) -> Hedge:
    """Plan, expectation or estimate, whichever stands furthest out: "estimates that it will ..."."""
    for step in reversed(over):
        found = {*_governed(tree, step, cue), *_beside(tree, step.word, cue)} & OUTLOOK
        if found:
            return next(mood for mood in ORDER if mood in found)
    return "expected"


def _governed(tree: Tree, step: Over, cue: int | None) -> Iterator[Hedge]:
    """Moods of a word that governs what is below it, if it does so as verb, adjective or noun of that mood."""
    word, forms = step.word, _lexicon()["forms"]
    lemma, is_verb = tree.lemma[word].lower(), tree.pos[word] in VERBS
    if word != cue and is_verb and step.by == "ccomp" and classes_of(tree.pos[word], lemma) & SPOKEN:
        yield "reported"
    if step.by == "conj" or step.by in MODIFIERS or tree.lower[step.below] in forms["meanwhile"]:
        return
    if (lemma in forms["with_infinitive"] and step.by != "xcomp") or (
        lemma in forms["with_clause"] and not _clause(tree, step)
    ):
        return
    if step.by == "nsubj" and is_verb and not tree.has(word, PASSIVE):
        return
    if step.by == "nsubjpass" and lemma in forms["commanding"]:
        return
    if step.by == "dobj" and (
        lemma in forms["commissive"] or (lemma in forms["addressing"] and _is_person(tree, step.below))
    ):
        return
    yield from _moods("governing", lemma)


def _clause(tree: Tree, step: Over) -> bool:
    """Whether the way up comes from a clause: "heard that 40 had come", but not "heard from 40"."""
    return step.by == "xcomp" or (step.by == "ccomp" and tree.pos[step.below] in VERBS)


def _is_person(tree: Tree, word: int) -> bool:
    return tree.entity[word] in {"PERSON", "ORG", "GPE", "NORP"} or tree.lemma[word].lower() in {
        "country",
        "nation",
        "people",
    }


def _clauses(tree: Tree, figure: int, over: Sequence[Over]) -> Iterator[int]:
    """The words whose helpers bear on the figure, not those of a verb that a second, finite one is coordinated to."""
    yield figure
    for step in over:
        beside = step.by == "conj" and tree.pos[step.word] in VERBS
        if not (beside and (tree.has(step.below, OWN) or tree.tag[step.below] in {"VBD", "VBZ", "VBP"})):
            yield step.word


def _beside(tree: Tree, word: int, cue: int | None) -> Iterator[Hedge]:
    forms = _lexicon()["forms"]
    for child in tree.children[word]:
        dep, lower = tree.dep[child], tree.lower[child]
        if dep in HELPERS:
            yield from _moods("beside", lower)
            if lower in forms["backshifted"]:
                yield "expected" if cue is not None and tree.tag[cue] in BACKSHIFTING else "possible"
            if dep in {"acomp", "oprd"} and not _is_cause(tree, child):
                yield from _moods("governing", tree.lemma[child].lower())
        elif dep == "mark" and lower in forms["conditional"]:
            yield "possible"


def _is_cause(tree: Tree, word: int) -> bool:
    """Whether "due" says why: "due to the cold"."""
    return tree.lower[word] == "due" and any(
        tree.dep[c] == "prep" and tree.lower[c] == "to" for c in tree.children[word]
    )


@lru_cache(maxsize=2**14)
def _moods(part: str, word: str) -> tuple[Hedge, ...]:
    return tuple(cast("Hedge", mood) for mood, words in _lexicon()[part].items() if word in words)


def negated(tree: Tree, figure: int, over: Sequence[Over]) -> bool:
    """Whether an odd number of negative words stands over a figure's clause."""
    forms = _lexicon()["forms"]
    words = forms["negative"]
    count = 0
    for step in _asserted(tree, figure, over):
        if step.by == "conj" or step.by in MODIFIERS:
            continue
        lemma = tree.lemma[step.word].lower()
        count += lemma in words and (step.by == "xcomp" or lemma not in forms["with_infinitive"])
        count += sum(_denies(tree, child) for child in tree.children[step.word] if child != step.below)
    return count % 2 == 1


def _denies(tree: Tree, child: int) -> bool:
    """Whether a word turns its verb round: "not", "unlikely", or a subject with "no"."""
    dep = tree.dep[child]
    if dep not in {"neg", "acomp", "nsubj", "nsubjpass"}:
        return False
    forms = _lexicon()["forms"]
    if dep in {"nsubj", "nsubjpass"}:
        return any(tree.dep[c] == "det" and tree.lower[c] in forms["negative"] for c in tree.children[child])
    following = tree.lower[child + 1] if child + 1 < len(tree.lower) else ""
    return (dep == "neg" or tree.lower[child] in forms["negative"]) and following not in forms["harmless"]
