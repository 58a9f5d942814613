"""What the apps' own ``uninstall_hook`` functions share."""

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
