"""Questions as data, and the one place that asks them."""
