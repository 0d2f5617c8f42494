"""Commands: words in, exit codes out."""
