"""Questions about change: what an act amends, what became of a text, two documents side by side."""
