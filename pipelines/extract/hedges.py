"""How sure a figure is asserted, and whether its assertion is negated, by the words over it in the parse."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from spacy.tokens import Token

from pipelines.extract.cues import cue_classes
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


@dataclass(frozen=True)
class Over:
    """A word over a figure, and the relation by which the way up enters it."""

    word: Token
    by: str
    below: Token


@cache
def _lexicon() -> dict[str, dict[str, frozenset[str]]]:
    table: dict[str, dict[str, Any]] = tomllib.loads((files(__package__) / "data" / "hedges.toml").read_text("utf-8"))
    return {part: {name: frozenset(words.split()) for name, words in rows.items()} for part, rows in table.items()}


def scope(figure: Token, cue: Token | None) -> list[Over]:
    """The words over a figure, innermost first, up to the cue or to where a clause stands for itself.

    A cue that the parse does not reach, as it may be with direct speech, governs the whole of what is said.
    """
    found: list[Over] = []
    token = figure
    while token.head != token and not _stands_alone(token):
        found.append(Over(token.head, token.dep_, token))
        token = token.head
        if token == cue:
            return found
    return found if cue is None or _stands_alone(token) else [*found, Over(cue, "ccomp", token)]


def _stands_alone(token: Token) -> bool:
    """Whether a clause is told beside the rest of its sentence, whatever mood that is in: "..., with 75% destroyed"."""
    if token.pos_ not in VERBS:
        aside = token.i > 0 and token.nbor(-1).text == ","
        return aside and token.dep_ == "prep" and token.lower_ == "with" and token.head.pos_ in VERBS
    return token.dep_ in {"relcl", "parataxis", "advcl"} or (token.dep_ == "acl" and token.tag_ == "VBN")


def hedge(figure: Token, over: Sequence[Over], cue: Token | None) -> Hedge:
    """The weakest of the moods that the words over and beside a figure give it."""
    over = _asserted(figure, over)
    moods = {mood for step in over for mood in _governed(step, cue)}
    moods |= {mood for word in _clauses(figure, over) for mood in _beside(word, cue)}
    if len(moods & OUTLOOK) > 1 and not moods & {"denied", "possible"}:
        return _outermost(over, cue)
    return next((mood for mood in ORDER if mood in moods), "asserted")


def _asserted(figure: Token, over: Sequence[Over]) -> Sequence[Over]:
    """The words over a figure up to a phrase that takes it as known: in "votes for its two seats" there are two seats.

    What is done to as many is told, though: "plans to close its two mills".
    """
    for n, step in enumerate(over):
        noun = step.word
        if step.by not in MODIFIERS or noun.pos_ not in {"NOUN", "PROPN"}:
            return over
        if any(c.dep_ == "poss" or c.lower_ in DEFINITE for c in noun.lefts if c.i < figure.i):
            return over if noun.dep_ in TOLD else over[: n + 1]
    return over


def _outermost(over: Sequence[Over], cue: Token | None) -> Hedge:
    """Plan, expectation or estimate, whichever stands furthest out: "estimates that it will ..."."""
    for step in reversed(over):
        found = {*_governed(step, cue), *_beside(step.word, cue)} & OUTLOOK
        if found:
            return next(mood for mood in ORDER if mood in found)
    return "expected"


def _governed(step: Over, cue: Token | None) -> Iterator[Hedge]:
    """Moods of a word that governs what is below it, if it does so as verb, adjective or noun of that mood."""
    lemma, forms = step.word.lemma_.lower(), _lexicon()["forms"]
    if step.word != cue and step.word.pos_ in VERBS and cue_classes(step.word) & SPOKEN and step.by == "ccomp":
        yield "reported"
    if step.by == "conj" or step.by in MODIFIERS or step.below.lower_ in forms["meanwhile"]:
        return
    if (lemma in forms["with_infinitive"] and step.by != "xcomp") or (
        lemma in forms["with_clause"] and not _clause(step)
    ):
        return
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in step.word.children)
    if step.by == "nsubj" and step.word.pos_ in VERBS and not passive:
        return
    if step.by == "nsubjpass" and lemma in forms["commanding"]:
        return
    if step.by == "dobj" and (
        lemma in forms["commissive"] or (lemma in forms["addressing"] and _is_person(step.below))
    ):
        return
    yield from _moods("governing", lemma)


def _clause(step: Over) -> bool:
    """Whether the way up comes from a clause: "heard that 40 had come", but not "heard from 40"."""
    return step.by == "xcomp" or (step.by == "ccomp" and step.below.pos_ in VERBS)


def _is_person(token: Token) -> bool:
    return token.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or token.lemma_.lower() in {
        "country",
        "nation",
        "people",
    }


def _clauses(figure: Token, over: Sequence[Over]) -> Iterator[Token]:
    """The words whose helpers bear on the figure, not those of a verb that a second, finite one is coordinated to."""
    yield figure
    for step in over:
        own = any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in step.below.children)
        if not (step.by == "conj" and step.word.pos_ in VERBS and (own or step.below.tag_ in {"VBD", "VBZ", "VBP"})):
            yield step.word


def _beside(word: Token, cue: Token | None) -> Iterator[Hedge]:
    forms = _lexicon()["forms"]
    for child in word.children:
        if child.dep_ in HELPERS:
            yield from _moods("beside", child.lower_)
            if child.lower_ in forms["backshifted"]:
                yield "expected" if cue is not None and cue.tag_ in BACKSHIFTING else "possible"
            if child.dep_ in {"acomp", "oprd"} and not _is_cause(child):
                yield from _moods("governing", child.lemma_.lower())
        elif child.dep_ == "mark" and child.lower_ in forms["conditional"]:
            yield "possible"


def _is_cause(word: Token) -> bool:
    """Whether "due" says why: "due to the cold"."""
    return word.lower_ == "due" and any(c.dep_ == "prep" and c.lower_ == "to" for c in word.children)


def _moods(part: str, word: str) -> Iterator[Hedge]:
    for mood, words in _lexicon()[part].items():
        if word in words:
            yield cast("Hedge", mood)


def negated(figure: Token, over: Sequence[Over]) -> bool:
    """Whether an odd number of negative words stands over a figure's clause."""
    forms = _lexicon()["forms"]
    words = forms["negative"]
    count = 0
    for step in _asserted(figure, over):
        if step.by == "conj" or step.by in MODIFIERS:
            continue
        lemma = step.word.lemma_.lower()
        count += lemma in words and (step.by == "xcomp" or lemma not in forms["with_infinitive"])
        count += sum(_denies(child) for child in step.word.children if child != step.below)
    return count % 2 == 1


def _denies(child: Token) -> bool:
    """Whether a word turns its verb round: "not", "unlikely", or a subject with "no"."""
    forms = _lexicon()["forms"]
    if child.dep_ in {"nsubj", "nsubjpass"}:
        return any(c.dep_ == "det" and c.lower_ in forms["negative"] for c in child.children)
    following = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
    return (child.dep_ == "neg" or (child.dep_ == "acomp" and child.lower_ in forms["negative"])) and (
        following not in forms["harmless"]
    )
