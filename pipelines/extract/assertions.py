"""Whether a word that reports ties a figure to its subject as his assertion, and not as what he does, backs or has."""

import tomllib
from functools import cache
from importlib.resources import files

from pipelines.extract.cues import SAID, classes_of
from pipelines.extract.tree import Tree

TELLING = frozenset({"say", "tell", "speak", "think", "show"})
CLAUSES = frozenset({"ccomp", "parataxis", "acl", "pcomp"})


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files(__package__) / "data" / "assertions.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def asserts(tree: Tree, cue: int, figure: int) -> bool:
    """Whether the cue's subject asserts the figure, by the cue's class and the branch of it in which the figure stands.

    He does in a clause ("said that 40 had left") with any word for telling, thinking or showing; in an object
    ("reported 40 dead") only with words that then tell, too ("claimed 40 lives" and "issued 40 tickets" do not); in an
    infinitive ("expects to sell 40", "pledged to hire 40") only with those of an outlook or a plan.
    """
    if tree.lower[cue] in SAID:
        return True
    classes = classes_of(tree.pos[cue], tree.lemma[cue])
    branch = tree.branch(cue, figure)
    lemma, words = tree.lemma[cue].lower(), _lexicon()
    dep = tree.dep[branch] if branch is not None else ""
    if branch is None or dep in CLAUSES or tree.pos[cue] != "VERB":
        return bool(classes & TELLING) and (branch is not None or lemma not in words["resuming"])
    if dep == "xcomp":
        return lemma in words["infinitive"]
    if dep == "prep" and tree.lower[branch] != "of":
        return tree.lower[branch] == "at" and lemma in words["level"]
    return bool(classes & TELLING) and lemma in words["object"]
