"""Tools of the repository: generated files, pictures, the benchmark."""
