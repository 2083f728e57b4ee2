"""The steps of the way, from lake to lake: what is pending is done and committed, what is done is left alone."""
