from datetime import timedelta

from odoo import Command

from .common import AfterSalesCommon


class RecoveryCommon(AfterSalesCommon):
    """The world of suppliers.

    =============  ===========================================================
    attribute      who or what
    =============  ===========================================================
    supplier       Pump Works: bears 80 % and labour, answers in 10 days,
                   silence is consent; supplies the pump
    supplier_2     Filter Works: bears 100 % of the part only, silence is no
                   consent; supplies the filter
    sales_rep      portal, Pump Works, role all
    engineer       portal, Pump Works, role claims
    competitor     portal, Filter Works, role all
    =============  ===========================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "after_sales_recovery_confirm": True,
                "after_sales_recovery_draft": False,
                "after_sales_recovery_offset": False,
                "after_sales_bar_warn_days": 30,
            }
        )
        cls.works, cls.works_2 = cls.env["res.partner"].create(
            [
                {"name": "Pump Works", "is_company": True},
                {"name": "Filter Works", "is_company": True},
            ]
        )
        for product, partner in ((cls.pump, cls.works), (cls.filter, cls.works_2)):
            product.seller_ids = [Command.create({"partner_id": partner.id})]
        cls.supplier, cls.supplier_2 = cls.env["after.sales.supplier"].create(
            [
                {
                    "partner_id": cls.works.id,
                    "share_percent": 80,
                    "reaction_days": 10,
                    "is_silence_consent": True,
                    "includes_labor": True,
                    "handling_percent": 5,
                    "recover_months": 6,
                },
                {
                    "partner_id": cls.works_2.id,
                    "share_percent": 100,
                    "reaction_days": 5,
                    "is_silence_consent": False,
                    "includes_labor": False,
                },
            ]
        )
        cls.sales_rep = cls._create_contact("t_sales_rep", cls.works, "all")
        cls.engineer = cls._create_contact("t_engineer", cls.works, "claims")
        cls.competitor = cls._create_contact("t_competitor", cls.works_2, "all")
        cls.dispute_reason = cls.env.ref("after_sales.reason_dispute_1")
        cls.uphold_reason = cls.env.ref("after_sales.reason_uphold_1")
        cls.drop_reason = cls.env.ref("after_sales.reason_drop_1")

    @classmethod
    def _create_responsibility(cls, **values):
        """Draft of an approved claim over 200 for the pump and 200 for labour."""
        claim = cls._create_approved(**values)
        return cls.env["after.sales.responsibility"]._prepare_claims(claim)

    @classmethod
    def _create_asked(cls, **values):
        record = cls._create_responsibility(**values)
        record.with_user(cls.quality).action_ask()
        return record

    @classmethod
    def _create_decided(cls, **values):
        record = cls._create_asked(**values)
        record.with_user(cls.sales_rep).sudo().action_accept()
        record.with_user(cls.quality).action_decide()
        return record

    @classmethod
    def _filter_line(cls, price=100):
        return Command.create(
            {
                "line_type": "part",
                "product_id": cls.filter.id,
                "is_causal": True,
                "price_unit": price,
            }
        )

    @classmethod
    def _let_time_pass(cls, records):
        """The day to answer has passed."""
        records.date_due = cls.today - timedelta(days=1)

    def _recover(self, user=None):
        """This month's recoveries of the two suppliers, by a run."""
        recoveries = self.env["after.sales.recovery"].with_user(user or self.clerk)
        run = recoveries._start_month(self.today, at_once=True)
        found = recoveries.search(
            [
                ("supplier_id", "in", (self.supplier | self.supplier_2).ids),
                ("state", "!=", "cancelled"),
            ]
        )
        return run, found
