"""Hands `watch` to what keeps programs running on this machine: systemd, or Windows' Task
Scheduler. Where there is neither, a line for cron is told."""
