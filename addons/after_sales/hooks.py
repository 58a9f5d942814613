from odoo.tools import SQL


def uninstall_hook(env):
    """Our documents go before the catalogues they name, so that nothing is refused;
    what the host's documents use stays with them."""
    _drop_documents(env)
    _keep_used_records(env)


def _drop_documents(env):
    files = env["ir.attachment"].search([("res_model", "=like", "after.sales.%")])
    env.cr.execute(SQL("TRUNCATE after_sales_claim, after_sales_settlement CASCADE"))
    env.cr.execute(
        SQL(
            "UPDATE stock_lot SET sold_station_id = NULL, warranty_coverage_id = NULL"
            " WHERE sold_station_id IS NOT NULL OR warranty_coverage_id IS NOT NULL"
        )
    )
    env.invalidate_all()
    files.unlink()


def _keep_used_records(env):
    """Products and partners that came with the addon and that bills or serial numbers
    name are the host's now; the settlement's service products are archived."""
    ours = env["ir.model.data"].search(
        [
            ("module", "=", "after_sales"),
            ("model", "in", ("product.product", "product.template", "res.partner")),
        ]
    )
    own = {
        model: env[model].browse(rows.mapped("res_id"))
        for model, rows in ours.grouped("model").items()
    }
    products = own.get("product.product", env["product.product"])
    partners = own.get("res.partner", env["res.partner"])
    billed = env["account.move.line"].search([("product_id", "in", products.ids)])
    lots = env["stock.lot"].search([("product_id", "in", products.ids)])
    moves = env["account.move"].search([("partner_id", "in", partners.ids)])
    kept = billed.product_id | lots.product_id
    kept.filtered(lambda product: product.type == "service").action_archive()
    for records in (kept, kept.product_tmpl_id, kept.categ_id, moves.partner_id):
        _forget(env, records)
    _forget(env, kept.categ_id.parent_id)


def _forget(env, records):
    """Drop the external ids that would let the uninstallation delete ``records``."""
    env["ir.model.data"].search(
        [
            ("module", "=", "after_sales"),
            ("model", "=", records._name),
            ("res_id", "in", records.ids),
        ]
    ).unlink()
