"""Keeping a public office's promise on time."""

VERSION = "2.0.0"  # the first number counts the forms of what is kept: see core/versions.py
