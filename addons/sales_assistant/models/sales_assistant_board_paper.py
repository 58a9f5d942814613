# pylint: disable=consider-merging-classes-inherited
# Own file: the lanes of the papers are one concept.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_order_mixin import LEAD

CONTRACT = "sales_assistant.group_sales_assistant_contract"
DOCUMENT = "sales_assistant.group_sales_assistant_document"


class SalesAssistantBoard(models.AbstractModel):
    """Papers on the board: contracts to approve and expiring ones (SA-16), numbers to
    sign for (SA-17b)."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lane_domains(self):
        moves = self.env["sales.assistant.controlled.document.move"]
        contracts = self._get_scope()
        return {
            **super()._get_lane_domains(),
            "contract_approve": contracts
            & Domain("state", "=", "to_approve")
            & Domain("submitted_by_id", "!=", self.env.uid),
            "contract_expiring": contracts & Domain("is_expiring", "=", True),
            "paper_sign": moves._get_sign_domain(),
        }

    @api.model
    def _get_lanes(self):
        lanes = [*super()._get_lanes(), self._get_paper_sign_lane()]
        if self.env.user.has_group(CONTRACT):
            lanes += self._get_contract_lanes()
        return lanes

    @api.model
    def _get_contract_lanes(self):
        _ = self.env._
        shared = {
            "icon": "fa-file-text-o",
            "model": "sales.assistant.contract",
            "order": "date_to, id",
            "fields": ["name", "subject", "partner_id", "date_to", "state"],
            "row": self._get_contract_row,
            "action": "sales_assistant.sales_assistant_contract_action",
        }
        approve = {
            "method": "action_approve",
            "title": _("Approve"),
            "icon": "fa-check",
        }
        renew = {"method": "action_renew", "title": _("Renew"), "icon": "fa-refresh"}
        return [
            {
                **shared,
                "key": "contract_approve",
                "title": _("Contracts to approve"),
                "actions": [approve],
                "groups": LEAD,
            },
            {
                **shared,
                "key": "contract_expiring",
                "title": _("Contracts expiring"),
                "actions": [renew],
                "owner": "assistant_id",
            },
        ]

    @api.model
    def _get_contract_row(self, contract):
        day = format_date(self.env, contract.date_to) if contract.date_to else ""
        reason = day and self.env._("Valid until %(day)s", day=day)
        return {
            "title": f"{contract.name} · {contract.subject}",
            "subtitle": contract.partner_id.display_name,
            "reason": reason or self.env._("Without an end"),
            "level": "danger" if contract.is_expired else "warning",
        }

    @api.model
    def _get_paper_sign_lane(self):
        _ = self.env._
        return {
            "key": "paper_sign",
            "title": _("Numbers to sign for"),
            "icon": "fa-pencil-square-o",
            "model": "sales.assistant.controlled.document.move",
            "order": "handed_at, id",
            "fields": ["document_id", "numbers", "from_id", "kind"],
            "row": self._get_paper_sign_row,
            "actions": [
                {"method": "action_sign", "title": _("Sign"), "icon": "fa-pencil"}
            ],
            "action": "sales_assistant.sales_assistant_controlled_document_move_action",
            "groups": DOCUMENT,
            "owner": "to_id",
            "team_domain": Domain("state", "=", "handed"),
        }

    @api.model
    def _get_paper_sign_row(self, move):
        return {
            "title": move.document_id.name,
            "subtitle": move.numbers,
            "reason": self.env._("Handed over by %(user)s", user=move.from_id.name),
            "level": "warning",
        }
