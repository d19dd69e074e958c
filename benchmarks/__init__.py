"""Benchmarks: the product beside the work that the bare engine does, in one run, as ratios."""
