"""Use cases: what a command, a server, a notebook or a page calls."""
