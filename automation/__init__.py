"""Keeping a public office's promise on time."""

VERSION = "1.0.0"
