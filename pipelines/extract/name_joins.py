"""Names that the model left in pieces: a nickname between their parts, or what a body is for behind it."""

import re

from pipelines.extract.name_spans import Name

NICKNAME = re.compile(r" [\"“'‘][^\W\d_][\w .’-]{1,25}[\"”'’] ")
PURPOSE = re.compile(r" (?:of|for) (?:the )?")
# Bodies whose names go on with "of" or "for" more often than not.
NAMED_FOR = re.compile(
    r"(?:Ministry|Department|Institute|Foundation|Council|Commission|Committee|Cent(?:er|re)s?|Association|Society|"
    r"Organi[sz]ation|Federation|Office|Bureau|University|College|Academy|Bank|Court|Chamber|Union|Party|Board)$"
)
BODY_PARTS = frozenset({"ORG", "GPE", "LOC", "NORP"})


def joined(text: str, names: list[Name]) -> list[Name]:
    """The names in order, those that are one made one."""
    found: list[Name] = []
    for name in names:
        if found and are_one(text, found[-1], name):
            found[-1] = found[-1]._replace(end=name.end)
        else:
            found.append(name)
    return found


def are_one(text: str, left: Name, right: Name) -> bool:
    """Whether what stands between two neighbours makes them one name."""
    between = text[left.end : right.start]
    if left.type == "PERSON":
        if right.type == "PERSON" and between == " ":
            return True
        return NICKNAME.fullmatch(between) is not None and " " not in text[left.start : left.end]
    if left.type != "ORG" or right.type not in BODY_PARTS or NAMED_FOR.search(text, left.start, left.end) is None:
        return False
    return PURPOSE.fullmatch(between) is not None
