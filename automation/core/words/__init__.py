"""What is written how: texts as people type them, Indonesian numbers, tab names, statuses."""
