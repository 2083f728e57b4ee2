"""Loads the language model as it is imported: what worker processes are forked from, so that they share its memory."""

from pipelines.extract import model, rows

__all__ = ["rows"]

model.load()
