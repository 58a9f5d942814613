from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesAssistantContractHandover(models.Model):
    """SA-16: what is handed over with a project (工装、资料、配件、材料, S4) before it
    is shipped or invoiced."""

    _name = "sales.assistant.contract.handover"
    _inherit = ["sales.document.line.mixin"]
    _description = "Handover Item"
    _order = "contract_id, sequence, id"

    _document_field = "contract_id"
    _closed_fields = frozenset({"is_done", "done_at", "done_by_id"})

    contract_id = fields.Many2one(
        "sales.assistant.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Item", required=True)
    kind = fields.Selection(
        [
            ("tooling", "Tooling"),
            ("document", "Documents"),
            ("accessory", "Accessories"),
            ("material", "Material"),
        ],
        required=True,
        default="document",
    )
    needed_before = fields.Selection(
        [("delivery", "Shipment"), ("invoice", "Invoice")],
        "Before",
        required=True,
        default="delivery",
        help="What is needed before the shipment is needed before the invoice, too.",
    )
    is_done = fields.Boolean("Handed Over", readonly=True, copy=False)
    done_at = fields.Datetime("Handed over on", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    note = fields.Char()

    def _check_document_open(self, names):
        """Items are added and handed over until the contract is closed."""
        ended = self.contract_id.filtered(
            lambda one: one.state in ("closed", "cancelled")
        )
        ended._check_not_frozen({"contract_id": True})
        handed = (
            self.filtered("is_done") if set(names) & {"name", "kind"} else self.browse()
        )
        if handed:
            raise UserError(
                self.env._(
                    "Handed over already: %(items)s.",
                    items=", ".join(handed.mapped("name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(one.is_done for one in self):
            raise UserError(self.env._("What was handed over stays on the list."))

    def action_done(self):
        """The item is handed over; once."""
        self.check_access("write")
        self._check_document_open(())
        self.lock_for_update()
        self.invalidate_recordset()
        # sudo: the fields are closed to all, right and state were just asked
        self.filtered(lambda one: not one.is_done).sudo().write(
            {
                "is_done": True,
                "done_at": fields.Datetime.now(),
                "done_by_id": self.env.uid,
            }
        )
