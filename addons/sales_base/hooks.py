"""Uninstalling: our own documents, and what the apps' own hooks share."""

DOCUMENTS = ("sales.complaint.proposal", "sales.complaint", "sales.notice")

#: {model of the host: [(document model, field)]}: who keeps a record alive
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
}


def uninstall_hook(env):
    """Complaints and notices go before the catalogues and people they name, so that
    nothing is refused."""
    files = env["ir.attachment"].search([("res_model", "in", DOCUMENTS)])
    for model in DOCUMENTS:
        env.cr.execute(f"DELETE FROM {env[model]._table}")
    env.invalidate_all()
    files.unlink()


def keep_used_records(env, module):
    """Products and partners that came with ``module`` and that documents of the host
    name are the host's from now on: without their external ids the uninstallation does
    not try to delete them.

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
