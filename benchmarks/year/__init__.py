"""A simulated year of an office, held against what the reminders promise."""
