def uninstall_hook(env):
    """Settings that named the settlement's service products go with the addon; the
    products stay where bills use them, archived."""
    products = env["product.product"].browse(
        record.id
        for kind in ("labor", "part", "travel", "purchase", "other")
        if (record := env.ref(f"after_sales.product_{kind}", False))
    )
    used = env["account.move.line"].search([("product_id", "in", products.ids)])
    kept = used.product_id
    env["ir.model.data"].search(
        [
            ("module", "=", "after_sales"),
            "|",
            "&",
            ("model", "=", "product.product"),
            ("res_id", "in", kept.ids),
            "&",
            ("model", "=", "product.template"),
            ("res_id", "in", kept.product_tmpl_id.ids),
        ]
    ).unlink()
    kept.action_archive()
