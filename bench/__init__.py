"""Measures of the apps beside floors, in one run on a generated database.

See README.md in this folder for how to start it and how to read its table.
"""
