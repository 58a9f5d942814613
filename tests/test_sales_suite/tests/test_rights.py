from odoo import Command
from odoo.tests import Form, tagged

from odoo.addons.sales_base.tests.common import SalesCommon

APPS = ("sales_assistant", "after_sales", "field_sales")
LADDERS = {
    "sales_assistant": ("user", "lead", "manager"),
    "after_sales": ("user", "auditor", "manager"),
    "field_sales": ("user", "supervisor", "manager"),
}
#: rights beside a ladder, each in a privilege of its own
BESIDE = (
    "after_sales.group_after_sales_clerk",
    "after_sales.group_after_sales_quality",
    "field_sales.group_field_sales_key_account",
)


@tagged("post_install", "-at_install")
class TestRights(SalesCommon):
    def _visible_apps(self, user):
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        return {
            app for app in APPS if self.env.ref(f"{app}.{app}_menu_root").id in visible
        }

    def test_each_app_is_seen_by_its_own(self):
        """F-11: a group of one app opens that app only; an employee sees none."""
        self.assertEqual(self._visible_apps(self.outsider), set())
        self.assertEqual(self._visible_apps(self.manager), set())
        for app, ladder in LADDERS.items():
            for rung in ladder:
                user = self._create_persona(
                    f"t_{app}_{rung}", f"{app}.group_{app}_{rung}"
                )
                with self.subTest(app=app, rung=rung):
                    self.assertEqual(self._visible_apps(user), {app})

    def test_user_form_keeps_every_right(self):
        """Architecture 3: one privilege a ladder, so the form drops nothing."""
        names = [f"{app}.group_{app}_manager" for app in APPS] + list(BESIDE)
        groups = self.env["res.groups"].union(*(self.env.ref(name) for name in names))
        privileges = groups.privilege_id
        self.assertEqual(len(privileges), len(groups))
        user = self._create_persona("t_all")
        user.group_ids = [Command.link(group.id) for group in groups]
        with Form(user) as form:
            form.name = "Renamed"
        self.assertLessEqual(groups, user.group_ids)

    def test_records_of_the_host_stay_readable(self):
        """F-04: who works with the host alone is shown no field of ours on its records
        that he may not read."""
        self.company.sales_assistant_review_enabled = False
        product = self.env["product.product"].create(
            {"name": "Suite Part", "is_storable": True, "tracking": "serial"}
        )
        lot = self.env["stock.lot"].create({"name": "H-1", "product_id": product.id})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Host"}).id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        order.action_confirm()
        ours = {"sales_base", *APPS}
        for group, records in (
            ("base.group_user", order.partner_id | self.company.partner_id),
            ("base.group_user", product | product.product_tmpl_id.product_variant_id),
            ("sales_team.group_sale_salesman_all_leads", order),
            ("stock.group_stock_user", lot),
            ("stock.group_stock_user", order.picking_ids),
            ("account.group_account_invoice", order._create_invoices(final=True)),
        ):
            login = f"t_host_{records._table}_{group.split('.')[-1]}"
            with self.subTest(model=records._name, group=group):
                own = records.with_user(self._create_persona(login, group))
                names = [
                    name
                    for name in own.fields_get(attributes=())
                    if ours.intersection(own._fields[name]._modules)
                ]
                own.read(["display_name", *names])

    def test_new_users_get_nothing(self):
        """F-11: our groups are given, never inherited by default."""
        default = self.env.ref("base.default_user_group").all_implied_ids
        ours = default.filtered(
            lambda group: (
                group.get_external_id()[group.id].split(".")[0] in ("sales_base", *APPS)
            )
        )
        self.assertFalse(ours)
