"""Reminders as e-mail: composed, kept in an outbox until their outcome is known, sent."""
