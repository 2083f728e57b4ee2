"""What the elements of a page tell of the lines they hold."""

import numpy as np

from pipelines.clean import containers, lines, page

PAGE = """<html><body><div class="top"><a href="/">Home</a></div>
<main><h1>Norvale shuts its bridge</h1><p>The harbour bridge was shut on Monday.</p><p>Nobody had been told.</p>
<aside><ul><li><a href="/a">Ferry fares rise</a></li><li><a href="/b">Quay to be paved</a></li></ul></aside></main>
</body></html>"""


def read() -> list[lines.Line]:
    return lines.of_page(page.parse(PAGE))


def test_lines_of_one_element_share_its_number_and_lines_of_one_template_their_kind() -> None:
    home, title, first, second, fares, quay = read()
    assert title.container == first.container == second.container
    assert len({home.container, title.container, fares.container}) == 3
    assert fares.container == quay.container
    assert fares.outer == title.container
    assert first.kind == second.kind != title.kind
    assert fares.kind == quay.kind


def test_a_line_after_an_inner_element_is_of_the_outer_again() -> None:
    before, inside, after = lines.of_page(page.parse("<html><body><div>One<div>two</div>three</div></body></html>"))
    assert before.container == after.container != inside.container


def test_groups_tell_share_and_links_of_what_stands_together() -> None:
    found = read()
    n_words = np.array([len(line.text.split()) for line in found])
    groups = containers.groups(found)
    rows = containers.of_groups(groups, found, n_words)
    assert np.isclose(rows[1, 0], (4 + 7 + 4) / n_words.sum())
    assert np.allclose([rows[4, 1], rows[2, 1]], [1, 0], atol=0.01)
    assert rows.shape == (6, 12)


def test_the_reading_of_a_group_leaves_the_line_itself_out() -> None:
    group, words = np.array([0, 0, 1]), np.array([10, 10, 10])
    others, share = containers.of_reading(np.array([0.9, 0.1, 0.5]), group, words)
    assert others[0] < 0.5 < others[1]
    assert np.isclose(others[2], 0.5)
    assert np.allclose(share, [2 / 3, 2 / 3, 1 / 3])
