"""A sample register for the command `demo`: realistic, fictitious, the same for the same seed."""

from automation.demo.rows import sample_rows

__all__ = ["sample_rows"]
