"""What is looked up rather than answered: passages, single provisions, suggestions, original files."""
