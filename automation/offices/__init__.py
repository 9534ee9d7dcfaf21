"""Several offices: a folder of settings files, one program that works for all of them.

A thin layer above `Installation` and what `unattended` does for one.
"""
