"""Law over time: amendments as data, states of a text, and how they are read."""
