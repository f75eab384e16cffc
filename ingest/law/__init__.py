"""Law over time at ingest: what acts do to each other, and the texts that come of it."""
