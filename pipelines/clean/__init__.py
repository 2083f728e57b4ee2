"""Page or pasted text -> article, or a reject with its reason."""
