"""Figures in the text."""

from collections.abc import Sequence

from spacy.tokens import Doc

from pipelines.schemas import Mention, Quantity, Time


def quantities(doc: Doc, times: Sequence[Time], mentions: Sequence[Mention]) -> list[Quantity]:
    """The figures of a document, in order, none overlapping."""
    return []
