"""Whether a word that reports ties a figure to its subject as his assertion, and not as what he does, backs or has."""

import tomllib
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from pipelines.extract.cues import SAID, cue_classes

TELLING = frozenset({"say", "tell", "speak", "think", "show"})
CLAUSES = frozenset({"ccomp", "parataxis", "acl", "pcomp"})


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files(__package__) / "data" / "assertions.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def asserts(cue: Token, figure: Token) -> bool:
    """Whether the cue's subject asserts the figure, by the cue's class and the branch of it in which the figure stands.

    He does in a clause ("said that 40 had left") with any word for telling, thinking or showing; in an object
    ("reported 40 dead") only with words that then tell, too ("claimed 40 lives" and "issued 40 tickets" do not); in an
    infinitive ("expects to sell 40", "pledged to hire 40") only with those of an outlook or a plan.
    """
    if cue.lower_ in SAID:
        return True
    classes = cue_classes(cue)
    branch = next((t for t in (figure, *figure.ancestors) if t.head == cue and t != cue), None)
    lemma, words = cue.lemma_.lower(), _lexicon()
    if branch is None or branch.dep_ in CLAUSES or cue.pos_ != "VERB":
        return bool(classes & TELLING) and (branch is not None or lemma not in words["resuming"])
    if branch.dep_ == "xcomp":
        return lemma in words["infinitive"]
    if branch.dep_ == "prep" and branch.lower_ != "of":
        return branch.lower_ == "at" and lemma in words["level"]
    return bool(classes & TELLING) and lemma in words["object"]
