"""When the office works: hours, holidays, dates as staff write them, working seconds."""
