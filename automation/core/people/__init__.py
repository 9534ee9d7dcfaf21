"""Who holds a step: duty, leave and substitutes."""
