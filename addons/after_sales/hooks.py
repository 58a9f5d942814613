from odoo.addons.sales_base.hooks import keep_used_records


def uninstall_hook(env):
    """Our documents go before the catalogues they name, so that nothing is refused;
    what the host's documents use stays with them."""
    _drop_documents(env)
    products = keep_used_records(env, "after_sales")
    # the service products of settlements are of no use without them
    products.filtered(lambda product: product.type == "service").action_archive()


def _drop_documents(env):
    files = env["ir.attachment"].search([("res_model", "=like", "after.sales.%")])
    env.cr.execute("DELETE FROM after_sales_claim")
    env.cr.execute("DELETE FROM after_sales_settlement")
    env.cr.execute(
        "UPDATE stock_lot SET sold_station_id = NULL, warranty_coverage_id = NULL"
        " WHERE sold_station_id IS NOT NULL OR warranty_coverage_id IS NOT NULL"
    )
    env.invalidate_all()
    files.unlink()
