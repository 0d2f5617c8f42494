"""roadmap: a career-transition planner into AI engineering."""

__version__ = "0.1.0"
