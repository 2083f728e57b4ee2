"""Why a document gives no article."""


class Rejected(Exception):  # noqa: N818 - an outcome that callers keep as a row, not a fault
    """A document that gives no article.

    Attributes:
        reason: a short slug: empty, binary, encrypted, no_text, no_text_layer, no_article, too_deep, too_large,
            timeout, memory, crash.
        detail: what exactly was wrong, for people.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
