# pylint: disable=consider-merging-classes-inherited
# Own file: the lane of letters; the board itself knows no letter.
from odoo import api, models
from odoo.tools import format_date

from .sales_assistant_letter_check import LETTER_GROUP


class SalesAssistantBoard(models.AbstractModel):
    _inherit = "sales.assistant.board"

    @api.model
    def _get_lanes(self):
        letters = self.env["sales.assistant.letter"]
        send = {
            "method": "action_send",
            "title": self.env._("Send"),
            "icon": "fa-paper-plane",
        }
        return [
            *super()._get_lanes(),
            {
                "key": "letters",
                "title": self.env._("Letters to send"),
                "icon": "fa-envelope-o",
                "model": "sales.assistant.letter",
                "domain": letters._get_due_domain(),
                "order": "date_due, id",
                "fields": ["subject", "partner_id", "date_due", "holiday_id"],
                "row": self._get_letter_row,
                "actions": [send],
                "action": "sales_assistant.sales_assistant_letter_action",
                "groups": LETTER_GROUP,
            },
        ]

    @api.model
    def _get_letter_row(self, letter):
        today = self.env.company._get_sales_today()
        reason = self.env._(
            "%(occasion)s, to be sent by %(day)s",
            occasion=letter.holiday_id.name or letter.template_id.name or letter.name,
            day=format_date(self.env, letter.date_due),
        )
        return {
            "title": letter.subject or letter.name,
            "subtitle": letter.partner_id.display_name,
            "reason": reason,
            "level": "danger" if letter.date_due < today else "info",
        }
