"""From an act's words to instructions on the provisions of other acts."""
