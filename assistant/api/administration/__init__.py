"""What an administrator sees and does over HTTP."""
