"""What pronouns and descriptions refer to, as far as it is safe."""

from collections.abc import Sequence

from spacy.tokens import Doc

from pipelines.schemas import Mention


def antecedents(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """For a token index (a pronoun, or the head of a description), the mention it refers to; absent where unsure."""
    return {}
