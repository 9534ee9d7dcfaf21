"""`watch` for months in minutes, while everything goes wrong around it."""
