# pylint: disable=consider-merging-classes-inherited
# Own file: the lanes of purchases asked for and of urgent parts.
from odoo import api, models
from odoo.tools import format_amount, format_date

from .after_sales_board import AUDITOR, CLAIM_ACTION, CLERK
from .after_sales_claim_transfer import MAKER

TRANSFER_ACTION = "after_sales.after_sales_transfer_action"


class AfterSalesBoard(models.AbstractModel):
    """Purchases that stations ask for, and urgent parts on their way (AS-06, AS-11)."""

    _inherit = "after.sales.board"

    @api.model
    def _get_lane_domains(self):
        domains = super()._get_lane_domains()
        company = ("company_id", "in", self.env.companies.ids)
        return {
            **domains,
            "unsettled": [*domains["unsettled"], ("kind", "!=", "part_transfer")],
            "asked": [
                company,
                ("purchase_request", "=", "asked"),
                ("state", "=", "draft"),
            ],
            "to_ship": [
                company,
                ("kind", "=", "part_transfer"),
                ("state", "=", "approved"),
                ("request_ids.open_quantity", ">", 0),
            ],
            "transfers": [company, ("state", "in", ("ordered", "dispatched"))],
            "to_clear": [company, ("state", "=", "received")],
        }

    @api.model
    def _get_lanes(self):
        _ = self.env._
        domains = self._get_lane_domains()
        claim = {
            "model": "after.sales.claim",
            "action": CLAIM_ACTION,
            "order": "id",
            "fields": [
                "name",
                "station_id",
                "lot_id",
                "company_id",
                "amount_claimed",
                "currency_id",
                "purchase_asked_at",
                "date_approved",
            ],
        }
        transfer = {
            "model": "after.sales.transfer",
            "action": TRANSFER_ACTION,
            "order": "id",
            "fields": [
                "name",
                "partner_id",
                "station_id",
                "state",
                "waybill",
                "has_difference",
            ],
            "row": self._get_transfer_row,
        }
        return [
            *super()._get_lanes(),
            {
                **claim,
                "key": "asked",
                "title": _("Purchases Asked For"),
                "icon": "fa-shopping-basket",
                "domain": domains["asked"],
                "row": self._get_asked_row,
                "groups": AUDITOR,
                "empty": _("No station waits for your consent."),
            },
            {
                **claim,
                "key": "to_ship",
                "title": _("Urgent Parts to Ship"),
                "icon": "fa-bolt",
                "domain": domains["to_ship"],
                "row": self._get_ship_row,
                "groups": MAKER,
                "empty": _("No station waits for parts."),
            },
            {
                **transfer,
                "key": "transfers",
                "title": _("Urgent Parts on the Way"),
                "icon": "fa-truck",
                "domain": domains["transfers"],
                "groups": MAKER,
                "empty": _("Nothing is on its way."),
            },
            {
                **transfer,
                "key": "to_clear",
                "title": _("Shipments to Clear"),
                "icon": "fa-balance-scale",
                "domain": domains["to_clear"],
                "groups": CLERK,
                "empty": _("All shipments are cleared."),
            },
        ]

    @api.model
    def _get_asked_row(self, claim):
        amount = format_amount(self.env, claim.amount_claimed, claim.currency_id)
        day = claim.company_id._get_sales_day(claim.purchase_asked_at)
        return {
            "title": claim.name,
            "subtitle": f"{claim.lot_id.name} · {claim.station_id.display_name}",
            "reason": self.env._(
                "%(amount)s, asked %(date)s",
                amount=amount,
                date=format_date(self.env, day),
            ),
            "level": "warning",
        }

    @api.model
    def _get_ship_row(self, claim):
        return {
            "title": claim.name,
            "subtitle": f"{claim.lot_id.name} · {claim.station_id.display_name}",
            "reason": self.env._(
                "Approved %(date)s", date=format_date(self.env, claim.date_approved)
            ),
            "level": "danger",
        }

    @api.model
    def _get_transfer_row(self, transfer):
        states = dict(transfer._fields["state"]._description_selection(self.env))
        reason = states[transfer.state]
        if transfer.has_difference:
            reason = self.env._("Received with a difference")
        return {
            "title": transfer.name,
            "subtitle": f"{transfer.partner_id.name} → "
            f"{transfer.station_id.display_name}",
            "reason": " · ".join(filter(None, (reason, transfer.waybill))),
            "level": "warning" if transfer.has_difference else "muted",
        }
