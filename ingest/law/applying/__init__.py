"""From instructions to the states of a text, each with the days it holds."""
