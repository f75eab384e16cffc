"""What is peculiar to law: which document is meant, whether it holds, what is known and not held, what changed."""
