"""What lint complains of: its words, its rules, and what they look at."""
