"""Document formats that are parsed before cleaning: a capture's bytes as a page or a text, and what they state."""
