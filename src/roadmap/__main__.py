"""`python -m roadmap` is the same program as `roadmap`."""

from roadmap.cli.app import main

if __name__ == "__main__":
    main()
