"""What an unattended program must decide about itself: when its jobs are due, and how it is."""
