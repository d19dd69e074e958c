"""Out again: reviews as files that other tools read."""
