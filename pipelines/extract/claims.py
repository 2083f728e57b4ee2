"""Claims: which figure is asserted by whom, and how surely."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.extract.as_of import Figure, Found, as_of, found
from pipelines.extract.assertions import asserts
from pipelines.extract.claim_clause import Place, clause, place, places
from pipelines.extract.cues import can_speak
from pipelines.extract.direct import Attribution
from pipelines.extract.frames import subject
from pipelines.extract.hedges import hedge, negated, scope
from pipelines.extract.reporting import within
from pipelines.extract.sentences import sentence_at
from pipelines.extract.speakers import Speaker, named
from pipelines.extract.tree import Tree
from pipelines.extract.voices import Voices
from pipelines.schemas import Claim, InClause, Quantity, Quote, Sentence, SourceType, Time


class Asserter(NamedTuple):
    """Who asserts a figure, and the word that says so."""

    name: str | None
    surface: str | None
    source_type: SourceType
    cue: int | None


class Beside(NamedTuple):
    """The times and places of a sentence."""

    times: Sequence[Found]
    places: Sequence[Place]


AUTHOR = Asserter(None, None, "author", None)
UNKNOWN = Asserter(None, None, "anonymous", None)  # somebody between quotation marks who cannot be told


def claims(
    voices: Voices,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    quotes: Sequence[Quote],
) -> list[Claim]:
    """One row for each quantity that somebody asserts; figures in questions are asserted by nobody."""
    doc, tree = voices.doc, voices.tree
    based = [q["baseline"] for q in quantities if q["baseline"] is not None]
    bases = [quantities[base] for base in based]
    changing = {sentence_at(sentences, q["start"]) for q in quantities if q["change"] or q["baseline"] is not None}
    speakers: dict[int | None, Speaker] = {s.start: s for _, s in reversed(voices.spoken) if s is not None}
    beside: dict[int, Beside] = {}
    rows: list[Claim] = []
    for index, quantity in enumerate(quantities):
        sentence = sentence_at(sentences, quantity["start"])
        figure = _head(tree, quantity["start"], quantity["end"])
        if sentence is None or figure is None or sentences[sentence]["text"].rstrip("\"”’'").endswith("?"):
            continue
        if sentence not in beside:
            beside[sentence] = _beside(voices, sentences[sentence], times)
        quote = _asserting(voices, quotes, quantity, figure)
        asserter = _quoted(voices, quote, speakers) if quote else _unquoted(voices, quotes, quantity, figure)
        cue = asserter.cue
        over = scope(tree, figure, cue)
        given = Figure(quantity, figure, over, cue, bases, index in based, sentence in changing)
        first, last = as_of(voices.text, tree, beside[sentence].times, given, voices.clock.published)
        rows.append(
            {
                "quantity": index,
                "speaker_name": asserter.name,
                "speaker": asserter.surface,
                "cue": quote["cue"] if quote else doc[cue].text if cue is not None else None,
                "source_type": asserter.source_type,
                "hedge": hedge(tree, figure, over, cue),
                "negated": negated(tree, figure, over),
                "as_of_first": first,
                "as_of_last": last,
                **_clause(voices, given, beside[sentence].places),
                "sentence": sentence,
            }
        )
    return rows


def _beside(voices: Voices, sentence: Sentence, times: Sequence[Time]) -> Beside:
    """What the claims of a sentence share."""
    start, end = sentence["start"], sentence["end"]
    here = [t for t in times if start <= t["start"] < end]
    named = [m for m in voices.mentions if start <= m["start"] < end]
    return Beside(found(voices.tree, voices.text, here, voices.clock.published), places(voices.tree, named))


def _clause(voices: Voices, figure: Figure, places: Sequence[Place]) -> InClause:
    """The columns of the clause that a figure stands in."""
    doc, tree, text, quantity = voices.doc, voices.tree, voices.text, figure.quantity
    head, subject_at, verb_at = clause(doc, tree, figure.head, voices.clock.tokens)
    about = named(tree, head, voices.mentions, voices.antecedents) if head is not None else None
    spans = ((quantity["counted_start"], quantity["counted_end"]), (quantity["about_start"], quantity["about_end"]))
    own = within(tree, [(start, end) for start, end in spans if start is not None and end is not None])
    where = place(tree, places, figure.head, own, figure.over, figure.cue)
    return {
        "subject": text[slice(*subject_at)] if subject_at else None,
        "subject_start": subject_at[0] if subject_at else None,
        "subject_end": subject_at[1] if subject_at else None,
        "subject_id": about["entity_id"] if about else None,
        "subject_name": about["name"] if about else None,
        "verb": text[slice(*verb_at)] if verb_at else None,
        "verb_start": verb_at[0] if verb_at else None,
        "verb_end": verb_at[1] if verb_at else None,
        "place": where["text"] if where else None,
        "place_start": where["start"] if where else None,
        "place_end": where["end"] if where else None,
        "place_id": where["entity_id"] if where else None,
        "place_name": where["name"] if where else None,
    }


def _asserting(voices: Voices, quotes: Sequence[Quote], quantity: Quantity, figure: int) -> Quote | None:
    """The shortest of the quotes that hold a quantity and report it."""
    holding = [q for q in quotes if q["start"] <= quantity["start"] and quantity["end"] <= q["end"]]
    reporting = (q for q in holding if _reports(voices, q, figure))
    return min(reporting, key=lambda q: q["end"] - q["start"], default=None)


def _is_between_marks(quotes: Sequence[Quote], quantity: Quantity) -> bool:
    """Whether a quantity stands in a direct quote, whoever says it: then it is not the article that does."""
    direct = (quote for quote in quotes if quote["kind"] == "direct")
    return any(quote["start"] <= quantity["start"] and quantity["end"] <= quote["end"] for quote in direct)


def _reports(voices: Voices, quote: Quote, figure: int) -> bool:
    """Whether a quote has a speaker and a word by which he asserts the figure, or stands between marks."""
    cue = _head(voices.tree, quote["cue_start"], quote["cue_end"]) if quote["speaker"] is not None else None
    if cue is None:
        return False
    if quote["kind"] == "direct" or not voices.doc[cue].is_alpha or voices.tree.lower[cue] == "according":
        return True
    return asserts(voices.tree, cue, figure)


def _quoted(voices: Voices, quote: Quote, speakers: Mapping[int | None, Speaker]) -> Asserter:
    """Who says so in a quote; `speakers` are those of the article by where they stand."""
    cue = _head(voices.tree, quote["cue_start"], quote["cue_end"])
    source_type = voices.sources.type_of(speakers[quote["speaker_start"]])
    return Asserter(quote["speaker_name"], quote["speaker"], source_type, cue)


def _unquoted(voices: Voices, quotes: Sequence[Quote], quantity: Quantity, figure: int) -> Asserter:
    """Who says so where no quote tells: between quotation marks, never the author."""
    asserter = _over(voices, figure)
    return UNKNOWN if asserter is AUTHOR and _is_between_marks(quotes, quantity) else asserter


def _over(voices: Voices, figure: int) -> Asserter:
    """Who says so in the clause over a figure that stands in no quote; else the author."""
    said = next(_reporting(voices, figure), None)
    speaker = voices.speaker(said) if said is not None else None
    if said is None or said.cue is None or speaker is None:
        return AUTHOR
    name = speaker.mention["name"] if speaker.mention else None
    surface = voices.text[speaker.start : speaker.end]
    return Asserter(name, surface, voices.sources.type_of(speaker), said.cue.i)


def _reporting(voices: Voices, figure: int) -> Iterator[Attribution]:
    """The speaking verbs over a figure with their subjects, but those to whose own clause it belongs.

    So it does in "two officials said", "he said in 500 letters".
    """
    tree = voices.tree
    for word in tree.ancestors(figure):
        if can_speak(tree.pos[word], tree.lemma[word], tree.lower[word]):
            source, branch = subject(tree, word), tree.branch(word, figure)
            if source is not None and branch is not None and tree.dep[branch] == "ccomp":
                yield Attribution(voices.doc[word], voices.doc[source])


def _head(tree: Tree, start: int | None, end: int | None) -> int | None:
    return tree.top(tree.touched(start, end)) if start is not None and end is not None else None
