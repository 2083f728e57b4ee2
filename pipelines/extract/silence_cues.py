"""The words of silence: a verb with what it withholds, from the parse."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from spacy.tokens import Token

from pipelines.extract.frames import subject_token
from pipelines.extract.tree import Tree
from pipelines.schemas import SilenceKind

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
REACHING = frozenset({"reach", "available", "unavailable", "reachable", "unreachable"})
ANSWERS = frozenset({"response", "reply", "word", "reaction"})
WHETHER = frozenset({"whether", "if", "how", "when", "where", "why", "who", "whom", "what", "which"})


class Withheld(NamedTuple):
    """A silence: its verb, the head of who is silent, the words that are withheld or asked for, and who asks."""

    kind: SilenceKind
    verb: Token
    silent: Token | None
    words: Sequence[Token] = ()
    asking: Token | None = None

    @property
    def silent_phrase(self) -> frozenset[Token]:
        """The tokens of who is silent."""
        return frozenset(self.silent.subtree) if self.silent is not None else frozenset()


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files(__package__) / "data" / "silences.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


@cache
def triggers() -> frozenset[str]:
    """The lemmas of all words by which `withheld` may find a silence."""
    words = ("refusing", "comment", "say", "give", "told", "talk", "respond", "back", "ignoring", "silent")
    return frozenset().union(*(_lexicon()[name] for name in words), REACHING, ANSWERS)


def _is(token: Token, kind: str) -> bool:
    return token.lemma_.lower() in _lexicon()[kind]


def withheld(tree: Tree, token: Token) -> Withheld | None:
    """The silence that a word tells as the verb of its clause, or as the "no comment" of one; null where it is none."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return _no_comment(tree, token)
    if token.pos_ == "ADJ":
        return _unavailable(tree, token)
    if token.pos_ not in {"VERB", "AUX"} or _unreal(token):
        return None
    for read in (_declined, _not_said, _not_answered, _not_reached, _ignored):
        found = read(tree, token)
        if found is not None:
            return found
    return None


def _declined(tree: Tree, verb: Token) -> Withheld | None:
    """Declined or refused, to comment or to say."""
    if not _is(verb, "refusing") or _negation(verb) or _helpers(verb) & {"will", "would", "can", "could", "to"}:
        return None
    how = verb.lemma_.lower() + "d"  # declined, refused
    for child in verb.rights:
        if child.dep_ == "xcomp":
            what = _withholds(child)
            if what is not None:
                kind: SilenceKind = f"{how}_to_{what[0]}"  # type: ignore[assignment]  # one of four that the enum has
                also = [c for c in child.rights if c.dep_ == "conj"]  # "to confirm or deny"
                return Withheld(kind, verb, subject_token(tree, verb), [child, *what[1], *also])
        if child.dep_ == "dobj" and (_is(child, "comment") or _asks_for_comment(child)):
            return Withheld("declined_to_comment", verb, subject_token(tree, verb), [child])
    return None


def _withholds(verb: Token) -> tuple[str, list[Token]] | None:
    """Whether an infinitive or a negated verb is to comment, or to say one thing, and by which word."""
    if any(c.dep_ == "auxpass" for c in verb.children):
        return ("comment", []) if verb.lemma_ == "interview" else None
    if _is(verb, "comment"):
        return "comment", []
    objects = [c for c in verb.rights if c.dep_ == "dobj"]
    if any(o.lower_.endswith(("self", "selves")) for o in objects):
        return None
    if _is(verb, "give"):
        told = next((o for o in objects if _is(o, "told")), None)
        return None if told is None else ("comment" if _is(told, "comment") else "say", [told])
    if _is(verb, "talk"):
        preps = [c for c in verb.rights if c.dep_ == "prep" and c.lower_ in {"to", "about", "on"}]
        heard = [p for c in preps for p in c.children if p.lemma_ in {"reporter", "medium", "journalist", "press"}]
        return ("say", []) if heard or any(c.lower_ == "about" for c in preps) else None
    return ("say", []) if _is(verb, "say") else None


def _not_said(tree: Tree, verb: Token) -> Withheld | None:
    """Would not, could not or did not comment or say."""
    if not _negation(verb):
        return None
    what = _withholds(verb)
    if what is None or (what[0] == "say" and not _is_plain(verb, what[1])):
        return None
    helpers = _helpers(verb)
    if helpers & _lexicon()["unwilling"]:
        kind: SilenceKind = "refused_to_comment" if what[0] == "comment" else "refused_to_say"
    elif helpers & _lexicon()["unable"]:
        if what[0] == "say":
            return None
        kind = "declined_to_comment"
    elif what[0] == "say" and not _is_told(verb, helpers):
        return None
    else:
        kind = "did_not_comment" if what[0] == "comment" else "did_not_say"
    return Withheld(kind, verb, _who(tree, verb), [verb, *what[1]])


def _is_told(verb: Token, helpers: set[str]) -> bool:
    """Whether somebody did not say, once: not "groups that do not disclose", "a plan that did not specify"."""
    if any(c.dep_ in SUBJECTS and c.lower_ == "that" for c in verb.children):
        return False
    restricted = verb.dep_ in {"relcl", "acl", "pcomp"} and not any(c.lower_ in {"who", "which"} for c in verb.lefts)
    return not restricted and not _is(verb, "talk") and not helpers & {"do", "does"} and bool(helpers)


def _is_plain(verb: Token, told: Sequence[Token]) -> bool:
    """Whether a verb withholds what is said: "would not say whether"; "did not say that" denies it."""
    if verb.lemma_ in {"elaborate", "specify", "disclose", "divulge"} or told or _is(verb, "talk"):
        return True
    if verb.lemma_ not in {"say", "discuss", "identify", "name", "reveal", "confirm"}:
        return False
    clauses = [c for c in verb.rights if c.dep_ in {"ccomp", "xcomp", "dobj", "advcl"}]
    if verb.lemma_ == "say":
        wondering = any(t.lower_ in WHETHER for c in clauses for t in verb.doc[c.left_edge.i : c.i + 1][:2])
        return wondering or (not clauses and bool(_helpers(verb) & _lexicon()["unwilling"]))
    return bool(_helpers(verb) & _lexicon()["unwilling"])


def _not_answered(tree: Tree, verb: Token) -> Withheld | None:
    """Did not respond to a request, return a call, answer a letter; calls to somebody were not returned."""
    if (
        not (_is(verb, "respond") or _is(verb, "back"))
        or not _negation(verb)
        or _helpers(verb) & _lexicon()["unwilling"]
    ):
        return None
    passive = next((c for c in verb.lefts if c.dep_ == "nsubjpass"), None)
    if passive is not None:
        return Withheld("did_not_respond", verb, _called(passive), [passive]) if _is_request(passive) else None
    return _not_responded(tree, verb) if _is(verb, "respond") else _not_returned(tree, verb)


def _not_responded(tree: Tree, verb: Token) -> Withheld | None:
    to = [p for c in verb.rights if c.dep_ == "prep" and c.lower_ == "to" for p in c.children if p.dep_ == "pobj"]
    bare = not to and not any(c.dep_ in {"prep", "dobj", "ccomp"} for c in verb.rights if c.lower_ != "by")
    if bare or (to and _is_request(to[0])):
        return Withheld("did_not_respond", verb, _who(tree, verb), to[:1])
    return None


def _not_returned(tree: Tree, verb: Token) -> Withheld | None:
    asked = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if asked is None or not _is_request(asked):
        return None
    if asked.lemma_ == "question":
        unable = _helpers(verb) & _lexicon()["unable"]
        return None if unable else Withheld("did_not_say", verb, _who(tree, verb), [asked])
    return Withheld("did_not_respond", verb, _who(tree, verb), [asked])


def _is_request(noun: Token) -> bool:
    """Whether something asks for an answer, and not for something else: "queries seeking to confirm their address"."""
    if not _is(noun, "request"):
        return False
    sought = [c for c in noun.children if c.dep_ == "acl" and c.lemma_ in {"seek", "ask", "request"}]
    return not sought or any(_is(t, "comment") or _is(t, "told") for c in sought for t in c.subtree)


def _called(request: Token) -> Token | None:
    """Who is called, in "calls to the mill were not returned"."""
    for child in request.children:
        if child.dep_ == "prep" and child.lower_ in {"to", "for", "with"}:
            called = next((c for c in child.children if c.dep_ == "pobj"), None)
            if called is not None and not _is(called, "comment"):
                return called
    return None


def _ignored(tree: Tree, verb: Token) -> Withheld | None:
    """Ignored a request for comment."""
    asked = next((c for c in verb.rights if c.dep_ == "dobj"), None) if _is(verb, "ignoring") else None
    if asked is None or not _asks_for_comment(asked) or _negation(verb):
        return None
    return Withheld("did_not_respond", verb, subject_token(tree, verb), [asked])


def _asks_for_comment(noun: Token) -> bool:
    return _is(noun, "request") and any(_is(t, "comment") for t in noun.subtree)


def _not_reached(tree: Tree, verb: Token) -> Withheld | None:
    """Could not be reached, or somebody could not reach him."""
    if verb.lemma_ != "reach":
        return None
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    able = _helpers(verb) & _lexicon()["unable"] or verb.head.lemma_ in {"able", "unable"}
    denied = _negation(verb) or verb.head.lemma_ == "unable" or _negation(verb.head)
    if not able or not denied:
        return None
    if passive is not None:
        who = _who(tree, verb)
        return None if who is None or _is(who, "reached") else Withheld("could_not_be_reached", verb, who, [verb])
    reached = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if reached is None or _is(reached, "reached") or reached.ent_type_ in {"GPE", "LOC", "FAC"}:
        return None
    above = verb.head.head if verb.head.lemma_ in {"able", "unable"} else verb
    person = reached.pos_ in {"PROPN", "PRON"} or any(_is(t, "comment") for t in verb.subtree)
    return Withheld("could_not_be_reached", verb, reached, [verb], subject_token(tree, above)) if person else None


def _unavailable(tree: Tree, adjective: Token) -> Withheld | None:
    """Was not available for comment, was unavailable; has remained silent on it."""
    be = adjective.head
    if adjective.dep_ not in {"acomp", "oprd"} or be.pos_ not in {"VERB", "AUX"}:
        return None
    if _is(adjective, "silent") and _is(be, "keeping"):
        about = any(c.dep_ == "prep" and c.lower_ in {"on", "about"} for w in (adjective, be) for c in w.children)
        return Withheld("did_not_comment", be, subject_token(tree, be), [adjective]) if about else None
    denied = adjective.lower_ in {"unavailable", "unreachable"} or (
        adjective.lower_ in {"available", "reachable"} and _negation(be)
    )
    asked = [
        t for w in (adjective, be) for c in w.rights if c.dep_ in {"prep", "xcomp"} for t in (c, *c.children)
        if _is(t, "comment")
    ]  # fmt: skip
    return Withheld("could_not_be_reached", be, _who(tree, be), [adjective, *asked[:1]]) if denied and asked else None


def _no_comment(tree: Tree, noun: Token) -> Withheld | None:
    """Had no comment; gave no details; there was no immediate response from him."""
    if not any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
        return None
    verb = noun.head
    if noun.dep_ == "dobj" and _is(verb, "having") and not _unreal(verb):
        if _is(noun, "comment"):
            return Withheld("did_not_comment", verb, subject_token(tree, verb), [noun])
        told = _is(noun, "told") and verb.lemma_ != "have"
        return Withheld("did_not_say", verb, subject_token(tree, verb), [noun]) if told else None
    if noun.dep_ in {"attr", "nsubj"} and verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children):
        source = [p for c in noun.children if c.dep_ == "prep" and c.lower_ in {"from", "by"} for p in c.children]
        kind: SilenceKind = "did_not_comment" if _is(noun, "comment") else "did_not_respond"
        known = _is(noun, "comment") or noun.lemma_ in ANSWERS
        return Withheld(kind, verb, source[0], [noun]) if known and source else None
    return None


def _who(tree: Tree, verb: Token) -> Token | None:
    """Who is silent: the subject, or those of whom nobody speaks: "nobody at the mill"."""
    found = subject_token(tree, verb)
    if found is None or not _is_nobody(found):
        return found
    inside = (p for c in found.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj")
    return next(inside, found)


def _is_nobody(noun: Token) -> bool:
    if noun.lower_ == "one" and noun.i > 0 and noun.nbor(-1).lower_ == "no":
        return True
    return noun.lower_ in _lexicon()["nobody"]


def _negation(verb: Token) -> bool:
    """Whether a verb is denied: by "not", by nobody who does it, or with the one before it."""
    for child in verb.children:
        if child.dep_ == "neg" and child.lower_ != "never":
            return True
        if child.dep_ in SUBJECTS and (_is_nobody(child) or any(c.lower_ in {"no", "neither"} for c in child.lefts)):
            return True
    either = verb.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in verb.head.children)
    return either and verb.head != verb and _negation(verb.head)


def _helpers(verb: Token) -> set[str]:
    """The auxiliaries of a verb, or of the one before it that it shares them with, in small letters."""
    own = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    shared = verb.dep_ == "conj" and not own and not any(c.dep_ in SUBJECTS for c in verb.children)
    return _helpers(verb.head) if shared and verb.head.pos_ in {"VERB", "AUX"} else own


def _unreal(verb: Token) -> bool:
    """Whether the clause is a condition, or what might be."""
    conditional = any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in verb.children)
    return conditional or bool(_helpers(verb) & _lexicon()["unreal"])
