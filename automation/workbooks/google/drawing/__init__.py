"""What is drawn, as Google's requests have it."""
