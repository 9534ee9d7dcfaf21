"""The program's own tabs: as they are to be, as they are, and the least that mends them."""
