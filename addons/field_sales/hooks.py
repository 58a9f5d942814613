def uninstall_hook(env):
    """The documents go first: they hold on to the users, channels and products that
    Odoo deletes one by one before it drops the tables."""
    env.cr.execute("UPDATE sale_order SET field_sales_visit_id = NULL")
    for table in (
        "field_sales_visit_line",
        "field_sales_visit",
        "field_sales_plan",
        "field_sales_assortment",
        "field_sales_visit_rule",
    ):
        env.cr.execute(f"DELETE FROM {table}")
    env.invalidate_all()
