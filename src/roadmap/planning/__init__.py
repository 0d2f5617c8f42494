"""The pure core: the same profile, catalogue and day give the same plan."""
