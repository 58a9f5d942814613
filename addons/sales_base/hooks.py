"""Uninstalling: our own documents, and what the apps' own hooks share."""

from odoo.tools import SQL

#: {model: [(document model, field)]}: who keeps a record alive
USERS = {
    "product.product": (
        ("sale.order.line", "product_id"),
        ("account.move.line", "product_id"),
        ("stock.move", "product_id"),
        ("stock.lot", "product_id"),
    ),
    "res.partner": (
        ("sale.order", "partner_id"),
        ("account.move", "partner_id"),
        ("stock.picking", "partner_id"),
        ("sales.complaint", "partner_id"),
    ),
    "sales.department": (
        ("sales.complaint", "department_id"),
        ("sales.complaint.proposal", "department_id"),
    ),
}


def uninstall_hook(env):
    """Complaints and notices go before the catalogues and people they name."""
    empty_tables(env, "sales_base")


def empty_tables(env, module):
    """The rows of ``module``'s own models go at once, files and external ids with them.

    Odoo deletes the records that came with a module one by one before it drops the
    tables; documents that name them would refuse. So references to these tables are
    dropped first: what the host's records name is set empty.

    :param str module: technical name
    """
    models = [
        model
        for model in env.registry.models.values()
        if model._original_module == module and model._auto and not model._abstract
    ]
    names = [model._name for model in models]
    tables = [model._table for model in models]
    files = env["ir.attachment"].search([("res_model", "in", names)])
    env.flush_all()
    for table, column, constraint in _get_references(env, tables):
        if column and table not in tables:
            env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = NULL"
                    " WHERE %(column)s IS NOT NULL",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                )
            )
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(constraint),
            )
        )
    env.cr.execute(SQL("TRUNCATE %s", SQL(", ").join(map(SQL.identifier, tables))))
    env.invalidate_all()
    files.unlink()
    env["ir.model.data"].search(
        [("module", "=", module), ("model", "in", names)]
    ).unlink()


def _get_references(env, tables):
    """Every foreign key to ``tables``: its table, its column if that may be empty (else
    ``None``), its name."""
    env.cr.execute(
        SQL(
            """
            SELECT owner.relname,
                   CASE WHEN NOT field.attnotnull THEN field.attname END,
                   key.conname
              FROM pg_constraint key
              JOIN pg_class owner ON owner.oid = key.conrelid
              JOIN pg_class target ON target.oid = key.confrelid
              JOIN pg_attribute field ON field.attrelid = key.conrelid
                                     AND field.attnum = key.conkey[1]
             WHERE key.contype = 'f'
               AND owner.relnamespace = current_schema::regnamespace
               AND target.relnamespace = current_schema::regnamespace
               AND target.relname = ANY(%s)
            """,
            tables,
        )
    )
    return env.cr.fetchall()


def keep_used_records(env, module):
    """Products, partners and departments that came with ``module`` and that documents
    of the host or of ``sales_base`` name stay with these: without their external ids
    the uninstallation does not try to delete them.

    :param str module: technical name
    :returns: the products that stay
    """
    kept = {}
    for model, users in USERS.items():
        own = env[model].browse(_get_own(env, module, model).mapped("res_id"))
        used = env[model]
        for document, fname in users:
            used |= env[document].search([(fname, "in", own.ids)])[fname]
        kept[model] = used
    products = kept["product.product"]
    categories = products.categ_id | products.categ_id.parent_id
    for records in (*kept.values(), products.product_tmpl_id, categories):
        ids = set(records.ids)
        _get_own(env, module, records._name).filtered(
            lambda row, ids=ids: row.res_id in ids
        ).unlink()
    return products


def _get_own(env, module, model):
    return env["ir.model.data"].search([("module", "=", module), ("model", "=", model)])
