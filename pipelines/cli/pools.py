"""Places in Dagster's pools, which its event logs by themselves give away twice to two that come in the same moment."""

from abc import abstractmethod
from contextlib import AbstractContextManager

from dagster._core.storage.event_log import SqlEventLogStorage
from dagster._utils.concurrency import ConcurrencyClaimStatus


class OneByOne(SqlEventLogStorage):
    """An event log in which one claim of a place in a pool comes after the other.

    Dagster reads and writes places in statements of their own, so that two processes take the same one, or make two
    where one is allowed; and in PostgreSQL its first look at a pool fails for the second of two.
    """

    @abstractmethod
    def alone(self) -> AbstractContextManager[None]:
        """A lock over all processes that use this event log; no dead process holds it."""

    def initialize_concurrency_limit_to_default(self, concurrency_key: str) -> bool:
        """Give a pool the default limit, if it has none yet; whether it has one."""
        with self.alone():
            there = concurrency_key in self.get_concurrency_keys()
            return there or super().initialize_concurrency_limit_to_default(concurrency_key)

    def claim_concurrency_slot(
        self, concurrency_key: str, run_id: str, step_key: str, priority: int | None = None
    ) -> ConcurrencyClaimStatus:
        """Take a place in a pool for a step, or a place in the queue for it."""
        with self.alone():
            return super().claim_concurrency_slot(concurrency_key, run_id, step_key, priority)
