"""The one exception that a user of the workbench gets to see."""


class WorkbenchError(Exception):
    """Says in one line what is missing or wrong, and what to do about it."""


#: Shown wherever Odoo cannot be fetched: the ways that need nothing from this machine.
OTHER_WAYS = (
    "name an Odoo 19 that you have (ODOO_HOME=/path/to/odoo), "
    "or use compose.yaml (see README.md)"
)
