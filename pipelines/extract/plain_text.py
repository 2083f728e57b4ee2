"""The text of a document, joined once: spaCy joins it anew from its tokens each time it is asked."""

from spacy.tokens import Doc

KEY = "plain_text"


def keep_text(doc: Doc, text: str) -> Doc:
    """The document, which knows from now on what text it was made of."""
    doc.user_data[KEY] = text
    return doc


def text_of(doc: Doc) -> str:
    """The text of a document, as `Doc.text`; its tokens may be joined or parted since, its characters never change."""
    kept = doc.user_data
    if KEY not in kept:
        kept[KEY] = doc.text
    text: str = kept[KEY]
    return text
