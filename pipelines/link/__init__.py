"""Across documents: which texts are one article, which names one entity, which stories one event."""
