"""Who speaks in a document: what quotes, silences and claims share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from pipelines.extract.attributions import attributions, quoted_tokens
from pipelines.extract.direct import Attribution
from pipelines.extract.plain_text import text_of
from pipelines.extract.quote_marks import Passage, passages
from pipelines.extract.said_on import Clock
from pipelines.extract.sources import Sources
from pipelines.extract.speaker_roles import SpeakerRoles
from pipelines.extract.speakers import Speaker, speaker
from pipelines.extract.tree import Tree, tree
from pipelines.schemas import Mention, Role, Time, Who

Characters = tuple[int, int]


@dataclass(frozen=True)
class Voices:
    """The attributions of a document with their speakers, and what is known of these."""

    doc: Doc
    text: str
    tree: Tree
    mentions: Sequence[Mention]
    antecedents: Mapping[int, Mention]
    marked: Sequence[Passage]
    quoted: frozenset[int]
    spoken: Sequence[tuple[Attribution, Speaker | None]]
    sources: Sources
    roles: SpeakerRoles
    clock: Clock

    def speaker(self, said: Attribution) -> Speaker | None:
        """The speaker of what is said; null where there is none."""
        return speaker(self.doc, self.tree, said, self.mentions, self.antecedents)

    def who(self, speaker: Speaker | None) -> Who:
        """The columns of a speaker."""
        mention = speaker.mention if speaker else None
        source_type, source_kind = self.sources.known(speaker)
        role = self.roles.of(speaker, source_kind)
        return {
            "speaker": self.text[speaker.start : speaker.end] if speaker else None,
            "speaker_start": speaker.start if speaker else None,
            "speaker_end": speaker.end if speaker else None,
            "speaker_id": mention["entity_id"] if mention else None,
            "speaker_name": mention["name"] if mention else None,
            "source_type": source_type,
            "source_kind": source_kind,
            "role": self.text[slice(*role)] if role else None,
            "role_start": role[0] if role else None,
            "role_end": role[1] if role else None,
        }


def voices(
    doc: Doc,
    mentions: Sequence[Mention],
    antecedents: Mapping[int, Mention],
    roles: Sequence[Role],
    times: Sequence[Time],
    published: date | None,
) -> Voices:
    """The voices of a parsed document with its names, what pronouns stand for, roles and times."""
    text = text_of(doc)
    parse = tree(doc)
    marked = passages(text)
    spoken = [
        (said, speaker(doc, parse, said, mentions, antecedents)) for said in attributions(doc, text, parse, marked)
    ]
    sources = Sources(doc, parse, mentions, [s for _, s in spoken if s is not None])
    beside = SpeakerRoles(doc, mentions, roles)
    clock = Clock.of(doc, times, published)
    quoted = quoted_tokens(doc, marked)
    return Voices(doc, text, parse, mentions, antecedents, marked, quoted, spoken, sources, beside, clock)
