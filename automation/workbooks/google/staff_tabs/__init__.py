"""The staff's tabs: what they lack is added, nothing else is touched."""
