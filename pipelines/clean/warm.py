"""Everything that cleaning loads once, loaded: the forkserver imports this, so that each worker starts with it."""

from pipelines.clean.document import warm

warm()
