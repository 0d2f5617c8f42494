"""The nouns of the program, without files, clock or console."""
