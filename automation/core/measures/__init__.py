"""How each case stands, in working time, and what the office's figures are."""
