from odoo.addons.sales_base.hooks import keep_used_records


def uninstall_hook(env):
    """Reviews and milestones go before the catalogues they name, so that nothing is
    refused; what orders and invoices use stays with them."""
    env.cr.execute("DELETE FROM sales_assistant_review")
    env.cr.execute("DELETE FROM sales_assistant_milestone")
    env.invalidate_all()
    keep_used_records(env, "sales_assistant")
