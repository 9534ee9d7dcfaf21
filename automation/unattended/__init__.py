"""What lets the program work for years without being looked at."""
