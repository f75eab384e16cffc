"""What is kept, for how long, for whom, and its copies: retention, one person's data, backups."""
