"""What stands in the register: headers, cells read as what they mean, and what runs before saw."""
