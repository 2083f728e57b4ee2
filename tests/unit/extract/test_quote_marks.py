from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.quote_marks import passages


def inner(text: str) -> list[str]:
    return [text[p.inner_start : p.inner_end] for p in passages(text)]


def test_straight_and_curly_marks() -> None:
    assert inner('"We sail," she said. “At dawn.”') == ["We sail,", "At dawn."]


def test_two_apostrophes_are_a_mark() -> None:
    assert inner("''We sail,'' she said.") == ["We sail,"]


def test_british_marks_but_no_apostrophes() -> None:
    assert inner("'The pilots' union won't yield,' he said, in the pilots' hall.") == ["The pilots' union won't yield,"]


def test_no_quote_in_possessives() -> None:
    assert inner("The farmers' barns and the drovers' carts didn't burn.") == []


def test_a_quote_within_a_quote_is_part_of_it() -> None:
    assert inner('"He called us “small fry” and left," she said.') == ["He called us “small fry” and left,"]


def test_an_utterance_over_two_paragraphs_continues() -> None:
    first, second = passages('"The dam held.\n\n"It will hold again," he said.')
    assert not first.closed
    assert second.continues
    assert second.closed


def test_a_missing_mark_does_not_swallow_the_next_paragraph() -> None:
    text = '"The dam held, he said.\n\nNobody was hurt.\n\n"Not one," she said.'
    assert inner(text) == ["The dam held, he said.", "Not one,"]
    assert not passages(text)[1].continues


@given(st.text(alphabet="ab \n.,\"'“”‘’«»`", max_size=60))
def test_passages_lie_in_order_within_the_text(text: str) -> None:
    end = 0
    for p in passages(text):
        assert end <= p.start < p.inner_start <= p.inner_end <= p.end <= len(text)
        assert "\n" not in text[p.start : p.end]
        end = p.end
