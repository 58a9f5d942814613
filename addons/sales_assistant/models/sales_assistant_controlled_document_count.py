from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_base.models.sales_document_mixin import Step

from ..tools import number_ledger
from .sales_assistant_order_mixin import USER


class SalesAssistantControlledDocumentCount(models.Model):
    """SA-17b: the blanks a person has (in stock or issued) are counted by somebody
    else; missing and unexpected numbers are named, the ledger changes by movements
    only."""

    _name = "sales.assistant.controlled.document.count"
    _inherit = ["sales.document.mixin"]
    _description = "Count of Controlled Documents"
    _order = "id desc"
    _check_company_auto = True

    _steps = {"close": Step({"draft"}, "done", USER)}
    _frozen_states = frozenset({"done"})
    _closed_fields = frozenset(
        {"date", "expected_count", "missing", "surplus", "has_difference"}
    )

    document_id = fields.Many2one(
        "sales.assistant.controlled.document",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="document_id.company_id", store=True, precompute=True, default=None
    )
    holder_id = fields.Many2one(
        "res.users",
        "In the Hand of",
        required=True,
        index=True,
        domain=[("share", "=", False)],
    )
    user_id = fields.Many2one(
        "res.users",
        "Counted by",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done")],
        required=True,
        default="draft",
        index=True,
        tracking=True,
    )
    numbers = fields.Char(
        "Numbers Found", help="Ranges such as 1001-1050, 1075; empty: none."
    )
    note = fields.Text()

    date = fields.Date("Counted on", readonly=True, copy=False)
    expected_count = fields.Integer("In the Ledger", readonly=True, copy=False)
    missing = fields.Char("Missing Numbers", readonly=True, copy=False)
    surplus = fields.Char("Unexpected Numbers", readonly=True, copy=False)
    has_difference = fields.Boolean("Difference", readonly=True, copy=False)

    can_close = fields.Boolean(compute="_compute_can_steps")

    @api.depends("state", "holder_id", "user_id")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.constrains("numbers", "document_id")
    def _check_numbers(self):
        for one in self.filtered("numbers"):
            one.document_id._parse_numbers(one.numbers)

    @api.constrains("holder_id", "user_id")
    def _check_counter(self):
        if any(one.holder_id == one.user_id for one in self):
            raise ValidationError(
                self.env._("Nobody counts what is in his own hand: choose a colleague.")
            )

    def _get_close_obstacle(self):
        return self.user_id != self.env.user and self.env._(
            "only %(user)s, who counted, closes it.", user=self.user_id.name
        )

    def action_close(self):
        """Compare with the ledger as it is now."""
        self._check_can("close")
        self.document_id._lock_ledger()
        for one in self:
            one._take_step("close", **one._prepare_close_values())

    def _prepare_close_values(self):
        document = self.document_id
        # sudo: the count is about what a colleague holds
        held_sudo = document.sudo().range_ids.filtered(
            lambda one: (
                one.holder_id == self.holder_id and one.state in ("stock", "issued")
            )
        )
        ranges = [(one.number_from, one.number_to) for one in held_sudo]
        expected = number_ledger.join(ranges)
        found = document._parse_numbers(self.numbers) if self.numbers else []
        missing = number_ledger.subtract(expected, found)
        surplus = number_ledger.subtract(found, expected)
        return {
            "date": self.company_id._get_sales_today(),
            "expected_count": number_ledger.count(expected),
            "missing": document._format_ranges(missing),
            "surplus": document._format_ranges(surplus),
            "has_difference": bool(missing or surplus),
        }
