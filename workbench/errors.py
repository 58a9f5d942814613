"""The one exception that a user of the workbench gets to see."""

import re


class WorkbenchError(Exception):
    """Says in one line what is missing or wrong, and what to do about it."""


#: Shown wherever Odoo cannot be fetched: the ways that need nothing from this machine.
OTHER_WAYS = (
    "name an Odoo 19 that you have (ODOO_HOME=/path/to/odoo), "
    "or use compose.yaml (see README.md)"
)
DISK_FULL = (
    "the disk is full: free some space or move the folders "
    "(WORKBENCH_CACHE, WORKBENCH_DATA), then start again"
)
#: What programs say then, each in its way.
_FULL = re.compile(
    r"No space left on device|Disk quota exceeded|Check free disk space"
    r"|could not extend file .* wrote only"
)


def check_disk(output: str) -> None:
    """:raises WorkbenchError: a program that failed with ``output`` had no room"""
    if _FULL.search(output):
        raise WorkbenchError(DISK_FULL)
