from odoo.tools import SQL

from odoo.addons.sales_base.hooks import empty_tables, keep_used_records

from .models.after_sales_sealed_mixin import GUARD


def uninstall_hook(env):
    """The seal is taken off, our documents go; what the host's documents use stays."""
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(GUARD)))
    empty_tables(env, "after_sales")
    products = keep_used_records(env, "after_sales")
    # the service products of settlements are of no use without them
    products.filtered(lambda product: product.type == "service").action_archive()
