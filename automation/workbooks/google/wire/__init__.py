"""Requests and answers: the login, the connection, its faults and what they mean."""
