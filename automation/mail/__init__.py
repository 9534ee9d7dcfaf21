"""Reminders as e-mail or by another way: written, kept in an outbox until their outcome is known,
sent.

The outbox has every mail. What people were `told` is all that the core knows of it; `pengingat` is
the same for people, as the rows of that tab, and what a lost outbox is rebuilt from.
"""
