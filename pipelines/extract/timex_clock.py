"""What clock times and parts of the day mean."""

from dataclasses import dataclass, replace

from pipelines.extract.timex_meaning import Frame, Meaning, Narrated, Node


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of a day: Friday night, this morning."""

    code: str
    day: Node | None

    def resolve(self, frame: Frame) -> Meaning | None:
        """The day's value and the part's: 2025-12-12TNI."""
        day = (self.day or Narrated("day", 0)).resolve(frame)
        if not day:
            return None
        if day.period and day.period.unit != "day":
            return replace(day, type="TIME")
        return Meaning("TIME", f"{day.value}T{self.code}", day.period)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: 9 a.m. EST Tuesday."""

    time: str
    zone: str
    day: Node | None

    def resolve(self, frame: Frame) -> Meaning | None:
        """The day's value and the time: 2025-12-13T17:00Z."""
        day = (self.day or Narrated("day", 0)).resolve(frame)
        return Meaning("TIME", f"{day.value[:10]}T{self.time}{self.zone}", day.period) if day else None
