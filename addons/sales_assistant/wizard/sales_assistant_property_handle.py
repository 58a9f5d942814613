from odoo import api, fields, models

from ..models.sales_assistant_customer_property import CONDITIONS

VERBS = [
    ("receive", "Receive"),
    ("relocate", "Move"),
    ("return", "Give Back"),
    ("write_off", "Write Off"),
]


class SalesAssistantPropertyHandle(models.TransientModel):
    """SA-17c: asks for what a step of customer property needs: how many, when, where,
    in which condition."""

    _name = "sales.assistant.property.handle"
    _description = "Customer Property: Receive, Move, Return, Write Off"

    property_id = fields.Many2one(
        "sales.assistant.customer.property", required=True, readonly=True
    )
    verb = fields.Selection(VERBS, required=True, readonly=True)
    uom_id = fields.Many2one(related="property_id.uom_id")
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_now", store=True, readonly=False
    )
    date = fields.Date(compute="_compute_now", store=True, readonly=False)
    place = fields.Char(compute="_compute_now", store=True, readonly=False)
    keeper_id = fields.Many2one(
        "res.users",
        "Kept by",
        compute="_compute_now",
        store=True,
        readonly=False,
        domain=[("share", "=", False)],
    )
    condition = fields.Selection(
        CONDITIONS, compute="_compute_now", store=True, readonly=False
    )
    reason_id = fields.Many2one(
        "sales.reason",
        "What Has Become of It",
        domain=[("usage", "=", "sales_property_write_off")],
    )
    date_told = fields.Date("Customer Told on")
    note = fields.Char()

    @api.depends("property_id", "verb")
    def _compute_now(self):
        for wizard in self:
            one = wizard.property_id
            # whoever handles it may read it
            one.check_access("read")
            company = one.company_id or self.env.company
            wizard.date = company._get_sales_today()
            wizard.quantity = {"receive": 1, "return": one.quantity_held}.get(
                wizard.verb, 0
            )
            wizard.place = one.place
            wizard.keeper_id = one.keeper_id or self.env.user
            wizard.condition = one.condition or "good"

    def action_apply(self):
        self.ensure_one()
        self.property_id._check_can(self.verb)
        getattr(self, f"_apply_{self.verb}")()
        return {"type": "ir.actions.act_window_close"}

    def _prepare_place(self):
        return {
            "place": self.place,
            "keeper_id": self.keeper_id.id,
            "condition": self.condition,
            "note": self.note,
        }

    def _apply_receive(self):
        self.property_id._do_receive(self.quantity, self.date, **self._prepare_place())

    def _apply_relocate(self):
        self.property_id._do_relocate(self.date, **self._prepare_place())

    def _apply_return(self):
        self.property_id._do_return(
            self.quantity, self.date, condition=self.condition, note=self.note
        )

    def _apply_write_off(self):
        self.property_id._do_write_off(
            self.quantity,
            self.date,
            self.reason_id,
            note=self.note,
            date_told=self.date_told,
        )
