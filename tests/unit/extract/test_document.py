"""A whole article: what one reader of it cannot read does not cost the article its facts."""

import pytest

from pipelines.extract.document import Failed, facts_of


@pytest.mark.parametrize(
    "text",
    [
        "Peter Berg, ², a teacher, led 12 people.",
        "It took 12 people 6 point ² seconds.",
        "Of 12 people one stands 5′²0″ tall.",
        "In 12 people ①/③ was found.",
    ],
)
def test_raised_and_circled_digits_fail_no_article(text: str) -> None:
    (found,) = facts_of([(text, None)])
    assert not isinstance(found, Failed)
    assert "12" in {quantity["text"] for quantity in found["quantities"]}
