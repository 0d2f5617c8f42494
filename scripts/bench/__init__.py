"""Measures the figures of docs/performance.md, each against its limit: `make bench`, or `python -m scripts.bench`.

Whatever is set in a ratio is measured in turns within one run, so that a busy machine hits both sides of it. The
collector of garbage is left as users have it.
"""
