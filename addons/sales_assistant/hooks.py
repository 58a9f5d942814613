from odoo.addons.sales_base.hooks import empty_tables, keep_used_records


def uninstall_hook(env):
    """Our documents go; what orders and invoices use stays with them."""
    empty_tables(env, "sales_assistant")
    keep_used_records(env, "sales_assistant")
