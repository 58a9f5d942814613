from odoo.tools import SQL

from odoo.addons.sales_base.hooks import keep_used_records

from .models.after_sales_sealed_mixin import GUARD


def uninstall_hook(env):
    """Our documents go before the catalogues they name, so that nothing is refused;
    what the host's documents use stays with them."""
    _drop_documents(env)
    products = keep_used_records(env, "after_sales")
    # the service products of settlements are of no use without them
    products.filtered(lambda product: product.type == "service").action_archive()


def _drop_documents(env):
    files = env["ir.attachment"].search([("res_model", "=like", "after.sales.%")])
    _drop_old_parts(env)
    env.cr.execute("UPDATE after_sales_charge SET transfer_id = NULL, claim_id = NULL")
    env.cr.execute("DELETE FROM after_sales_transfer")
    env.cr.execute("DELETE FROM after_sales_assembly")
    env.cr.execute("UPDATE after_sales_claim SET running_in_claim_id = NULL")
    for table in (
        "settlement_objection",
        "charge",
        "recovery_line",
        "responsibility_proof",
        "responsibility",
        "recovery",
    ):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(f"after_sales_{table}")))
    env.cr.execute("DELETE FROM after_sales_claim")
    env.cr.execute("DELETE FROM after_sales_repair")
    env.cr.execute("DELETE FROM after_sales_settlement")
    env.cr.execute(
        "UPDATE stock_lot SET sold_station_id = NULL, warranty_coverage_id = NULL"
        " WHERE sold_station_id IS NOT NULL OR warranty_coverage_id IS NOT NULL"
    )
    env.invalidate_all()
    files.unlink()


def _drop_old_parts(env):
    """The seal is taken off, then the parts go before the claims they come from."""
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(GUARD)))
    for table in ("move", "seal"):
        env.cr.execute(
            SQL("DELETE FROM %s", SQL.identifier(f"after_sales_old_part_{table}"))
        )
    env.cr.execute("DELETE FROM after_sales_part_shipment_line")
    env.cr.execute("DELETE FROM after_sales_old_part")
    env.cr.execute("DELETE FROM after_sales_part_shipment")
