"""The text of a document, joined once: spaCy joins it anew from its tokens each time it is asked."""

from typing import cast

from spacy.tokens import Doc

KEY = "plain_text"


def text_of(doc: Doc) -> str:
    """The text of a document, as `Doc.text`; its tokens may be joined or parted since, its characters never change."""
    if KEY not in doc.user_data:
        doc.user_data[KEY] = doc.text
    return cast("str", doc.user_data[KEY])
