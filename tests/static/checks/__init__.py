"""One convention of the house per module.

Each has `check(house)`, which returns the findings as a list of lines, and is proven
on a broken sample by the test file of the same name.
"""
