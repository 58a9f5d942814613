from datetime import date

from odoo.addons.sales_base.tools.period import month_of

from .common import AfterSalesCommon


class SettlementCommon(AfterSalesCommon):
    """Settlements of this month: only the claims and charges of a test are in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = month_of(cls.today)
        cls.env["after.sales.claim"].search([("state", "=", "approved")]).write(
            {"date_approved": date(2999, 1, 1)}
        )
        cls.env["after.sales.charge"].search([]).write({"date": date(2999, 1, 1)})
        cls.charge_reason = cls.env.ref("after_sales.reason_charge_1")

    @classmethod
    def _create_charge(cls, state="open", **values):
        values = {
            "station_id": cls.station.id,
            "kind": "deduction",
            "value": 50,
            "date": cls.today,
            "reason_id": cls.charge_reason.id,
            **values,
        }
        if values.get("supplier_id"):
            del values["station_id"]
        charge = cls.env["after.sales.charge"].with_user(cls.clerk).create(values)
        if state == "open":
            charge.action_open()
        return charge.with_env(cls.env)

    def _settle(self, day=None):
        """Settle the month as the clerk.

        :returns: what is not cancelled of the two stations, in that month
        """
        month = month_of(day or self.today)
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(month.first, at_once=True)
        return settlements.search(
            [
                ("station_id", "in", (self.station | self.station_2).ids),
                ("date_from", "=", month.first),
                ("state", "!=", "cancelled"),
            ]
        )

    def _settle_and_send(self, **values):
        """A sent settlement of one claim of 400."""
        self._create_approved(**values)
        settlement = self._settle()
        settlement.action_send()
        return settlement

    def _post(self, settlement):
        settlement.with_user(self.owner).sudo().action_confirm()
        settlement.with_user(self.clerk).action_post()
        return settlement
