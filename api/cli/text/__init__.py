"""Answers as text for a terminal, readable when narrow and when piped."""
