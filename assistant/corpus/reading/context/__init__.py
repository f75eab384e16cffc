"""What a question leans on: days, names that have changed, documents that are known though not held."""
