"""Ingest: whatever news arrives in, as captures: bytes unchanged, with when and where from."""
