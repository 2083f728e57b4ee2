"""Which lines tell of something else than their article, and what is left without some of them."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.loose import loose_lines, without

NOTE = "Sign up for our letters: a digest of books, gardens and travel each Friday."
STORY = [
    "The harbour of Ostreva reopened on Monday after twelve days of storm, and ferries took grain to the islands.",
    "The harbour master said that ferries to the islands went first, and that forty ships sat out the storm.",
    "Grain had grown dear on the islands, where no ferries came during the storm.",
]
WORDS = st.lists(st.sampled_from(["harbour", "Ferries", "grain", "a", "12", "storm.", "ISLANDS", "—"]), min_size=1)
TEXTS = st.lists(WORDS.map(" ".join), min_size=1, max_size=8).map("\n\n".join)


def found(*lines: str, title: str | None = None) -> list[str]:
    return [one.text for one in loose_lines("\n\n".join(lines), title)]


def test_a_line_that_shares_few_words_with_the_story_is_loose() -> None:
    assert found(*STORY, NOTE) == [NOTE]
    assert found(*STORY[:2], NOTE, STORY[2]) == [NOTE]


def test_a_headline_vouches_for_a_line_as_the_story_does() -> None:
    assert found(*STORY, NOTE, title="Books, gardens and travel: what Friday brings") == []


def test_a_line_that_is_repeated_does_not_vouch_for_itself_and_is_one() -> None:
    assert found(NOTE, *STORY, NOTE.upper()) == [NOTE]
    assert found(*STORY, STORY[1]) == []


def test_headings_and_long_paragraphs_are_left_to_the_labeller() -> None:
    assert found(*STORY, "Gardens and travel tips", " ".join(f"word{n}" for n in range(61))) == []


def test_an_edge_is_the_first_line_and_at_most_the_last_third() -> None:
    def edges(*lines: str) -> list[bool]:
        return [one.at_edge for one in loose_lines("\n\n".join(lines), None)]

    assert edges(NOTE, *STORY) == edges(*STORY, NOTE) == [True]
    assert edges(*STORY[:2], NOTE, STORY[2]) == edges(NOTE, STORY[0], NOTE, *STORY[1:]) == [False]


def test_lines_go_whatever_their_case_unless_too_much_would_go() -> None:
    (note,) = loose_lines("\n\n".join([*STORY, NOTE]), None)
    assert without("\n\n".join([*STORY, NOTE.upper()]), {note.line}) == "\n\n".join(STORY)
    short = f"{STORY[0]}\n\n{NOTE}"
    assert without(short, {note.line}) == short


@given(TEXTS, st.data())
def test_what_is_left_is_a_part_of_the_lines_in_their_order_and_never_nothing(text: str, data: st.DataObject) -> None:
    gone = {one.line for one in loose_lines(text, None) if data.draw(st.booleans())}
    left = without(text, gone).split("\n\n")
    lines = iter(text.split("\n\n"))
    assert all(line in lines for line in left)
    assert len(" ".join(left).split()) >= 0.75 * len(text.split())
    assert without(text, set()) == text
