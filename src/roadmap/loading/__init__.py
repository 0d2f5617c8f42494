"""Text to model, or to problems."""
