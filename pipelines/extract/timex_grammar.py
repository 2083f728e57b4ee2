"""A cascade of patterns over lexemes: each level turns runs of lexemes into larger ones, the longest match first.

A pattern names kinds of lexemes, as a regular expression names characters: `DET? SHIFT AMOUNT UNITS`. A name may carry
a label, `low:AMOUNT AND high:AMOUNT`. Each kind is one character, so that patterns run at the speed of `re`.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from pipelines.extract.timex_lexer import Lexeme
from pipelines.extract.timex_lexicon import kinds

_NAME = re.compile(r"(?:(\w+):)?([A-Z_][A-Z_0-9]*(?:\|[A-Z_0-9]+)*)")


class Phrase:
    """The lexemes that a pattern matched, by the names in the pattern."""

    def __init__(self, lexemes: Sequence[Lexeme], match: re.Match[str]) -> None:
        """Take a match over the kinds of the lexemes."""
        self.lexemes = lexemes
        self.match = match

    def __getitem__(self, name: str) -> Any:
        """What the named lexeme stands for."""
        return self.lexemes[self.match.start(name)].value

    def get(self, name: str) -> Any:
        """What the named lexeme stands for, or nothing where the pattern did without it."""
        return self[name] if self.__contains__(name) else None

    def lexeme(self, name: str) -> Lexeme:
        """The named lexeme itself."""
        return self.lexemes[self.match.start(name)]

    def __contains__(self, name: str) -> bool:
        """Whether the named lexeme is there."""
        return name in self.match.re.groupindex and self.match.start(name) >= 0


Build = Callable[[Phrase], Any]


class Level:
    """Rules that are tried together, and make lexemes of the kinds they name."""

    def __init__(self) -> None:
        """Begin without rules; modules of rules declare theirs when they are imported."""
        self.rules: list[tuple[re.Pattern[str], str, Build]] = []

    def rule(self, pattern: str, makes: str) -> Callable[[Build], Build]:
        """Declare a function as the meaning of a pattern; it gives nothing where the words do not mean a time."""

        def declared(build: Build) -> Build:
            self.rules.append((_compiled(pattern), makes, build))
            return build

        return declared

    @cached_property
    def any_rule(self) -> re.Pattern[str]:
        """Matches where any of the rules does: the patterns in one, without groups.

        Of an alternative that does not begin with a group `re` sees by its first character that it cannot match.
        """
        return re.compile("|".join(_GROUP.sub("(?:", pattern.pattern) for pattern, _, _ in self.rules))

    def apply(self, lexemes: list[Lexeme]) -> list[Lexeme]:
        """The lexemes with every longest match of a rule made into one; of equal length the first rule's."""
        codes = kinds()
        line = "".join([codes[lexeme.kind] for lexeme in lexemes])
        made: list[Lexeme] = []
        at = 0
        while found := self.any_rule.search(line, at):
            start = found.start()
            best = self._longest(lexemes, line, start)
            made += lexemes[at:start]
            made.append(best[0] if best else lexemes[start])
            at = best[1] if best else start + 1
        return made + lexemes[at:] if at else lexemes

    def _longest(self, lexemes: list[Lexeme], line: str, at: int) -> tuple[Lexeme, int] | None:
        matches = [(m, makes, build) for pattern, makes, build in self.rules if (m := pattern.match(line, at))]
        for match, makes, build in sorted(matches, key=lambda one: -one[0].end()):
            value = build(Phrase(lexemes, match))
            if value is not None:
                first, end = lexemes[at], match.end()
                return Lexeme(makes, value, first.start, lexemes[end - 1].end, first.glued), end
        return None


_GROUP = re.compile(r"\((?:\?P<\w+>|(?!\?))")


def _compiled(pattern: str) -> re.Pattern[str]:
    codes = kinds()
    seen: set[str] = set()

    def named(found: re.Match[str]) -> str:
        label = found[1] or found[2].split("|")[0]
        naming = "" if label in seen else f"?P<{label}>"
        seen.add(label)
        return f"({naming}[{''.join(codes[name] for name in found[2].split('|'))}])"

    return re.compile(_NAME.sub(named, pattern).replace(" ", ""))
