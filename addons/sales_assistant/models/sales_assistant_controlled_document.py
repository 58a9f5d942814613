from odoo import api, fields, models
from odoo.exceptions import LockError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import number_ledger

#: where a number is: place in the ledger, and in the totals of a kind
NUMBER_STATES = [
    ("stock", "In Stock"),
    ("issued", "Issued"),
    ("used", "Used"),
    ("voided", "Voided"),
]


class SalesAssistantControlledDocument(models.Model):
    """SA-17b: a kind of numbered blanks or certificates (单证领取、发放、回收,
    S1 篇一): received in ranges by its keeper, issued to persons, used, returned,
    voided.

    Every number that was received is in exactly one state and one hand (B-10); the
    ledger keeps ranges, not a row a number.
    """

    _name = "sales.assistant.controlled.document"
    _inherit = ["mail.thread"]
    _description = "Controlled Document"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char("Kind of Document", required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    prefix = fields.Char(help="Printed before the number.")
    digits = fields.Integer(default=6, help="Zeros fill the number up.")
    keeper_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        tracking=True,
        domain=[("share", "=", False)],
        default=lambda self: self.env.user,
        help="Receives the blanks, keeps the stock and issues them.",
    )
    minimum_stock = fields.Integer(
        "Minimum in Stock", help="Below it the keeper is told to order new ones."
    )
    note = fields.Text()

    range_ids = fields.One2many(
        "sales.assistant.controlled.document.range", "document_id", "Ledger"
    )
    stock_count = fields.Integer("In Stock", compute="_compute_counts")
    issued_count = fields.Integer("Issued", compute="_compute_counts")
    used_count = fields.Integer("Used", compute="_compute_counts")
    voided_count = fields.Integer("Voided", compute="_compute_counts")
    is_low = fields.Boolean(
        "Low Stock", compute="_compute_counts", search="_search_is_low"
    )

    _digits_range = models.Constraint(
        "CHECK(digits BETWEEN 0 AND 12 AND minimum_stock >= 0)",
        "Digits are 0 to 12, a minimum is not negative.",
    )

    def _compute_counts(self):
        # sudo: how many there are is no secret, who holds them is
        ranges_sudo = self.env["sales.assistant.controlled.document.range"].sudo()
        counted = {
            (document.id, state): total
            for document, state, total in ranges_sudo._read_group(
                [("document_id", "in", self.ids)],
                ["document_id", "state"],
                ["quantity:sum"],
            )
        }
        for document in self:
            for state, _label in NUMBER_STATES:
                document[f"{state}_count"] = counted.get((document.id, state), 0)
            document.is_low = document.stock_count < document.minimum_stock

    @api.model
    def _search_is_low(self, operator, value):
        if operator != "in":
            return NotImplemented
        low = SQL(
            """(
                SELECT kind.id
                  FROM sales_assistant_controlled_document kind
                 WHERE kind.minimum_stock > COALESCE((
                        SELECT SUM(held.quantity)
                          FROM sales_assistant_controlled_document_range held
                         WHERE held.document_id = kind.id AND held.state = 'stock'), 0)
            )"""
        )
        self.env["sales.assistant.controlled.document.range"].flush_model()
        return Domain("id", "in" if True in value else "not in", low)

    @api.constrains("keeper_id")
    def _check_keeper_keeps_nothing(self):
        """The stock goes to the new keeper by a signed hand-over, not by this field."""
        # sudo: whether the stock is in his hand does not depend on who asks
        ranges_sudo = self.env["sales.assistant.controlled.document.range"].sudo()
        for document in self:
            left = ranges_sudo.search_count(
                [
                    ("document_id", "=", document.id),
                    ("state", "=", "stock"),
                    ("holder_id", "!=", document.keeper_id.id),
                ],
                limit=1,
            )
            if left:
                raise ValidationError(
                    self.env._(
                        "%(document)s: the keeper still has blanks in stock. He hands "
                        "them over first, and they are signed for.",
                        document=document.name,
                    )
                )

    def _is_keeper(self):
        """Whether the current user keeps this kind, himself or as a stand-in."""
        return self.keeper_id.id in self.env.user._get_sales_acting_ids()

    def _format_number(self, number):
        return f"{self.prefix or ''}{number:0{self.digits}d}"

    def _format_ranges(self, ranges):
        return number_ledger.write(ranges, self._format_number)

    def _parse_numbers(self, text):
        """Ranges a person typed, with or without the prefix.

        :raises ValidationError: naming the part that cannot be read
        """
        prefix = (self.prefix or "").strip()
        try:
            ranges = number_ledger.parse((text or "").replace(prefix, ""))
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "“%(part)s” is no range of numbers, or names one twice. Write "
                    "ranges such as 1001-1050, 1075.",
                    part=error,
                )
            ) from error
        if not ranges:
            raise ValidationError(self.env._("Name the numbers."))
        return ranges

    def _lock_ledger(self):
        """One movement at a time: the ledger is rewritten where it is touched.

        :raises LockError: somebody else is moving numbers of one of these kinds
        """
        self.env.flush_all()
        try:
            # sudo: whoever uses up his number has no right to write the kind
            self.sudo().lock_for_update()
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else is moving numbers of this kind at this moment. "
                    "Try again."
                )
            ) from error

    @api.ondelete(at_uninstall=False)
    def _unlink_except_received(self):
        # sudo: numbers in other hands count as well
        if self.sudo().range_ids:
            raise UserError(
                self.env._("Numbers have been received. Archive the kind instead.")
            )

    def action_view_ranges(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_controlled_document_range_action"
        )
        return {
            **action,
            "domain": [("document_id", "=", self.id)],
            "context": {"search_default_group_state": 1},
        }
