"""Silence: who declined to comment, did not respond, or could not be reached, on what, and who had asked."""

from collections.abc import Iterator

from spacy.tokens import Token

from pipelines.extract.direct import Attribution
from pipelines.extract.said_on import said_on
from pipelines.extract.silence_cues import Withheld, triggers, withheld
from pipelines.extract.speakers import mention_at
from pipelines.extract.voices import Characters, Voices
from pipelines.schemas import Silence

ABOUT = frozenset({"on", "about", "regarding", "over", "concerning"})
REQUESTED = frozenset(
    {"request", "message", "call", "email", "e-mail", "inquiry", "enquiry", "query", "letter", "comment"}
)
MARKS = frozenset({".", "!", "?", "-"})
OPENING, CLOSING = frozenset({"“", '"', "``", "‘"}), frozenset({"”", '"', "''", "’", "'"})
OBJECTS = frozenset({"dobj", "ccomp"})
ASKED = frozenset({"from", "by", "to"})
BESIDE = frozenset({"advcl", "conj", "cc", "ccomp", "parataxis", "punct", "relcl", "npadvmod", "mark"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def silences(voices: Voices) -> list[Silence]:
    """The silences of a document, in order; what stands between quotation marks is another's word."""
    rows: list[Silence] = []
    known = triggers()
    for word, lemma in enumerate(voices.tree.lemma):
        telling = lemma in known and word not in voices.quoted
        found = withheld(voices.tree, voices.doc[word]) if telling else None
        if found is not None:
            rows.append(_row(voices, found))
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _row(voices: Voices, found: Withheld) -> Silence:
    text = voices.text
    cue = _cue(voices, found)
    end = max(cue[1], _end(voices, found))
    said = Attribution(found.verb, found.silent)
    topic, asked = _topic(voices, found), _asked_by(voices, found)
    first, last = said_on(voices.clock, said, [found.verb, *found.words], by_document=False)
    return {
        "start": cue[0],
        "end": end,
        "text": text[cue[0] : end],
        "kind": found.kind,
        "cue": text[slice(*cue)],
        "cue_start": cue[0],
        "cue_end": cue[1],
        **voices.who(voices.speaker(said)),
        "topic": text[slice(*topic)] if topic else None,
        "topic_start": topic[0] if topic else None,
        "topic_end": topic[1] if topic else None,
        "asked_by": text[slice(*asked)] if asked else None,
        "asked_by_start": asked[0] if asked else None,
        "asked_by_end": asked[1] if asked else None,
        "said_first": first,
        "said_last": last,
    }


def _cue(voices: Voices, found: Withheld) -> Characters:
    """The verb with the auxiliaries and the negation right before it, and the word that is withheld."""
    verb = found.verb
    helpers = {c.i for c in verb.lefts if c.dep_ in {"aux", "auxpass", "neg", "advmod"}}
    first = verb.i
    while first - 1 in helpers:
        first -= 1
    while first < verb.i and voices.doc[first].dep_ == "advmod":
        first += 1
    return voices.doc[first].idx, verb.idx + len(verb)


def _end(voices: Voices, found: Withheld) -> int:
    """Where the clause of silence ends: with what hangs on its words behind them, up to the next clause."""
    last = max([found.verb, *found.words], key=lambda t: t.i)
    for word in (found.verb, *found.words):
        for child in word.rights:
            own = child in found.words or (child.dep_ == "ccomp" and found.kind.endswith("_say"))
            if (child.dep_ in BESIDE and not own) or child in found.silent_phrase:
                if child.i > last.i and child.dep_ != "punct":
                    break
                continue
            last = max(last, voices.doc[_last(voices, child)], key=lambda t: t.i)
    return int(last.idx + len(last))


def _topic(voices: Voices, found: Withheld) -> Characters | None:
    """On what: behind "on" or "about", or what would have been said."""
    for word in reversed(found.words):
        about = ABOUT | {"for", "of"} if word.pos_ == "NOUN" and word.lemma_ not in REQUESTED else ABOUT
        for child in word.rights:
            if child.dep_ == "prep" and child.lower_ in about:
                return _phrase(voices, next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None))
            if found.kind.endswith("_say") and child.dep_ in OBJECTS and child not in found.words:
                return _phrase(voices, child)
    return None


def _phrase(voices: Voices, head: Token | None) -> Characters | None:
    """A noun phrase or clause in full, without a time, a comma or what hangs on it at its end."""
    if head is None:
        return None
    last = _last(voices, head)
    while last > head.i and (last in voices.clock.tokens or voices.doc[last].pos_ == "ADP"):
        last -= 1
    return voices.doc[head.left_edge.i].idx, voices.doc[last].idx + len(voices.doc[last])


def _last(voices: Voices, head: Token) -> int:
    """Index of the last token of a phrase, up to a comma and the like."""
    last = head.i
    while last < head.right_edge.i and not _breaks(voices.doc[last + 1]):
        last += 1
    opened = any(t.text in OPENING for t in voices.doc[head.left_edge.i : last])
    loose = MARKS if opened else MARKS | CLOSING
    while last > head.i and (voices.doc[last].text in loose or voices.doc[last].pos_ == "CCONJ"):
        last -= 1
    return last


def _breaks(token: Token) -> bool:
    return token.is_space or token.text in {",", ";", ":", "(", "—", "–", "--"}


def _asked_by(voices: Voices, found: Withheld) -> Characters | None:
    """The name of a body beside the request, or to which nothing was said: "a Reuters request", "told the Post"."""
    if found.asking is not None:
        return _name(voices, found.asking)
    for word in found.words:
        for token in _around(word):
            name = _name(voices, token)
            if name is not None:
                return name
    return None


def _around(word: Token) -> Iterator[Token]:
    """What modifies a word, and whom it comes from or goes to, at any depth: "requests for comment from the Post"."""
    yield from (c for c in word.children if c.dep_ in {"compound", "poss", "nmod"})
    for token in word.subtree:
        if token.dep_ == "pobj" and (token.head.lower_ in ASKED or token.head.dep_ == "agent"):
            yield token


def _name(voices: Voices, token: Token) -> Characters | None:
    mention = mention_at(token.idx, voices.mentions)
    return (mention["start"], mention["end"]) if mention is not None and mention["type"] == "ORG" else None
