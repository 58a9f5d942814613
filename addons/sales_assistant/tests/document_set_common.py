from odoo import Command

from odoo.addons.sales_assistant.tests.common import AssistantCommon

PREFIX = "sales_assistant.sales_assistant_document_template_"


class DocumentSetCommon(AssistantCommon):
    """An exporter in China, a customer in Italy, a bearing in cartons of 20."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "sales_assistant_review_enabled": False,
                "sales_assistant_sets_enabled": False,
                "sales_assistant_check_document_set": 0,
                "country_id": cls.env.ref("base.cn").id,
            }
        )
        cls.team.member_ids = [Command.link(cls.salesperson.id)]
        cls.customer.country_id = cls.env.ref("base.it")
        cls.customer.lang = "en_US"
        cls.sets = cls.env["sales.assistant.document.set"]
        cls.carton = cls.env["uom.uom"].create(
            {
                "name": "Carton of 20",
                "relative_factor": 20,
                "relative_uom_id": cls.product.uom_id.id,
            }
        )
        cls.product.write({"weight": 0.5, "volume": 0.01, "uom_ids": cls.carton.ids})
        cls.refusal = cls.env.ref("sales_assistant.sales_reason_set_figures")
        cls.cancel_reason = cls.env.ref("sales_assistant.sales_reason_paper_mistake")

    @classmethod
    def _create_export(cls, quantity=50, incoterm="FOB", **values):
        term = cls.env.ref(f"account.incoterm_{incoterm}")
        return cls._create_order(
            quantity=quantity, price=8, discount=10, incoterm=term.id, **values
        )

    def _create_set(self, user=None, template="export", order=None, **values):
        if order is None:
            order = self._create_export()
            order.action_confirm()
        return self.sets.with_user(user or self.assistant).create(
            {
                "order_id": order.id,
                "template_id": self.env.ref(PREFIX + template).id,
                **values,
            }
        )

    def _get_all(self, one):
        for item in one.item_ids:
            item.reference = f"No. {item.id}"
        one.item_ids.action_done()

    def _complete(self, one=None):
        one = one or self._create_set()
        self._get_all(one)
        one.action_complete()
        return one

    def _present(self, one, user=None, to="bank"):
        wizard = (
            self.env["sales.assistant.document.set.hand.in"]
            .with_user(user or self.assistant)
            .create(
                {
                    "set_ids": one.ids,
                    "presented_to": to,
                    "receiver": "Ms Li",
                    "reference": "DHL 1",
                }
            )
        )
        wizard.action_apply()
