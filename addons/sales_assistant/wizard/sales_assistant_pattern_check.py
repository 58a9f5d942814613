from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..models.sales_assistant_pattern_finding import PATTERN_ANSWERS, PATTERN_CHANNELS


class SalesAssistantPatternCheck(models.TransientModel):
    """SA-09: asks what the customer said about what is unusual in his quotation."""

    _name = "sales.assistant.pattern.check"
    _description = "Check with the Customer"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    line_ids = fields.One2many(
        "sales.assistant.pattern.check.line",
        "check_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    contact_name = fields.Char("Checked with", help="Who answered at the customer.")
    channel = fields.Selection(PATTERN_CHANNELS, default="phone")
    note = fields.Text("What was said")

    @api.depends("order_id")
    def _compute_line_ids(self):
        for check in self:
            # whoever records a check may read the order
            check.order_id.check_access("read")
            found = check.order_id._find_unusual()[check.order_id]
            model = self.env["sales.assistant.pattern.finding"]
            check.line_ids = [
                Command.create(
                    {
                        "key": finding.key,
                        "product_id": finding.product or False,
                        "value": model._get_value(finding),
                        "sentence": model._word_finding(finding.key, finding.facts),
                    }
                )
                for finding in found
                if not check.order_id._find_answer(finding)
            ]

    def action_apply(self):
        """Record the answers for what is unusual now, in the database's words; the
        window only chose between them.

        :raises UserError: the quotation changed meanwhile, or an answer is missing
        """
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        if order.state not in ("draft", "sent"):
            raise UserError(self.env._("%s is confirmed already.", order.name))
        order.lock_for_update()
        values = self._prepare_findings()
        # sudo: checks are recorded here only, nobody changes them
        self.env["sales.assistant.pattern.finding"].sudo().create(values)
        # sudo: as after the approval of the review
        order.sudo()._confirm_accepted()
        return {"type": "ir.actions.act_window_close"}

    def _prepare_findings(self):
        model = self.env["sales.assistant.pattern.finding"]
        answers = {
            (line.key, line.product_id.id, round(line.value, 6)): line.answer
            for line in self.line_ids
        }
        if not answers or not all(answers.values()):
            raise UserError(self.env._("Say for each line what came of it."))
        contact = (self.contact_name or "").strip()
        if not contact or not self.channel:
            raise UserError(self.env._("Say with whom it was checked, and how."))
        values = []
        for finding in self.order_id._find_unusual()[self.order_id]:
            if self.order_id._find_answer(finding):
                continue
            value = model._get_value(finding)
            answer = answers.get((finding.key, finding.product or False, value))
            if not answer:
                raise UserError(
                    self.env._(
                        "%s has changed meanwhile. Close this window and look again.",
                        self.order_id.name,
                    )
                )
            values.append(
                {
                    "order_id": self.order_id.id,
                    "key": finding.key,
                    "verdict": "warn",
                    "facts": finding.facts,
                    "product_id": finding.product or False,
                    "value": value,
                    "compared": finding.orders,
                    "answer": answer,
                    "contact_name": contact,
                    "channel": self.channel,
                    "note": self.note,
                    "user_id": self.env.uid,
                    "checked_at": fields.Datetime.now(),
                }
            )
        if not values:
            raise UserError(
                self.env._("There is nothing left to check on %s.", self.order_id.name)
            )
        return values


class SalesAssistantPatternCheckLine(models.TransientModel):
    _name = "sales.assistant.pattern.check.line"
    _description = "Check with the Customer: Line"

    check_id = fields.Many2one(
        "sales.assistant.pattern.check", required=True, ondelete="cascade"
    )
    key = fields.Char(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    value = fields.Float(readonly=True, digits=(16, 6))
    sentence = fields.Text("What Is Unusual", readonly=True)
    answer = fields.Selection(PATTERN_ANSWERS)
