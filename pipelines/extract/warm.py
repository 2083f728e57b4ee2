"""Loads the language model as it is imported: what worker processes are forked from, so that they share its memory.

A text is read besides, since lists and patterns are loaded when first needed: here once, instead of in each worker.
None of it ever becomes garbage, so that the collector need not look at it, which would also part the shared pages.
"""

import gc

from pipelines.extract import document, model, rows

__all__ = ["rows"]

SAMPLE = """
OLSAVA, March 3 (Dateline) - Mayor Jana Novak said on Tuesday that the bridge would cost about $3 million, 4% more
than in 2024. "At least 1,200 people crossed it in the last two weeks," she told reporters.

According to Norlund AG's report, its 12-km road opened at 9:30 a.m. on Monday. She declined to comment on the plan.
"""

model.load()
document.facts_of([(SAMPLE, "2026-03-03")])
gc.collect()
gc.freeze()
