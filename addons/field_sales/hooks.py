from odoo.addons.sales_base.hooks import empty_tables


def uninstall_hook(env):
    """Visits go before the users, channels and products they name."""
    empty_tables(env, "field_sales")
