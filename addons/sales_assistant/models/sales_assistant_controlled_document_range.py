from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_base.tools.sheet import Column

from ..tools import number_ledger
from .sales_assistant_controlled_document import NUMBER_STATES


class SalesAssistantControlledDocumentRange(models.Model):
    """B-10: the ledger: consecutive numbers of a kind in one state and one hand.

    Only signed or posted movements rewrite it; the database itself refuses a number
    in two ranges.
    """

    _name = "sales.assistant.controlled.document.range"
    _inherit = ["sales.sheet.mixin"]
    _description = "Range of Controlled Documents"
    _order = "document_id, number_from"

    document_id = fields.Many2one(
        "sales.assistant.controlled.document",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="document_id.company_id", store=True, precompute=True, index=True
    )
    number_from = fields.Integer("First", required=True, readonly=True)
    number_to = fields.Integer("Last", required=True, readonly=True)
    quantity = fields.Integer(
        compute="_compute_quantity", store=True, precompute=True, aggregator="sum"
    )
    state = fields.Selection(NUMBER_STATES, required=True, readonly=True, index=True)
    holder_id = fields.Many2one(
        "res.users",
        "In the Hand of",
        required=True,
        readonly=True,
        index=True,
        help="Who has the sheets; for used ones who used them.",
    )
    number = fields.Integer(
        store=False, compute="_compute_number", search="_search_number"
    )

    _number_order = models.Constraint(
        "CHECK(number_from >= 0 AND number_from <= number_to)",
        "A range ends after it begins.",
    )
    _number_once = models.Constraint(
        "EXCLUDE USING gist (int4range(document_id, document_id, '[]') WITH &&, "
        "int8range(number_from, number_to, '[]') WITH &&)",
        "Every number is in exactly one state and one hand.",
    )

    @api.depends("number_from", "number_to")
    def _compute_quantity(self):
        for one in self:
            one.quantity = one.number_to - one.number_from + 1

    def _compute_number(self):
        """Only searched for: a range has many numbers."""
        self.number = False

    @api.model
    def _search_number(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("number_from", "<=", number) & Domain("number_to", ">=", number)
            for number in value
            if isinstance(number, int) and number is not False
        )

    @api.depends("document_id", "number_from", "number_to")
    def _compute_display_name(self):
        for one in self:
            document = one.document_id
            one.display_name = "%s %s" % (
                document.name,
                document._format_ranges([(one.number_from, one.number_to)]),
            )

    # ------------------------------------------------------------------ movements

    @api.model
    def _apply(self, movements):
        """Rewrite the ledger where movements touch it: what they touch is read,
        deleted and created once, whatever the number of movements.

        :param list movements: [(document, ranges, source, target)] in their order,
            places as (state, user id); no source: the numbers are new
        :raises UserError: a number is not where a movement takes it from
        """
        documents = self.env["sales.assistant.controlled.document"].union(
            *(document for document, _ranges, _source, _target in movements)
        )
        documents._lock_ledger()
        # sudo: nobody has the right to write the ledger himself
        ledger_sudo = self.sudo()
        touched_sudo = ledger_sudo.search(
            Domain.OR(
                Domain("document_id", "=", document.id)
                & Domain("number_from", "<=", last + 1)
                & Domain("number_to", ">=", first - 1)
                for document, ranges, _source, _target in movements
                for first, last in ranges
            )
        )
        entries = {document: [] for document in documents}
        for one in touched_sudo:
            entries[one.document_id.with_env(self.env)].append(
                (one.number_from, one.number_to, (one.state, one.holder_id.id))
            )
        for document, ranges, source, target in movements:
            entries[document] = self._move_entries(
                document, entries[document], ranges, source, target
            )
        touched_sudo.unlink()
        ledger_sudo.create(
            [
                {
                    "document_id": document.id,
                    "number_from": first,
                    "number_to": last,
                    "state": state,
                    "holder_id": user_id,
                }
                for document in documents
                for first, last, (state, user_id) in entries[document]
            ]
        )

    @api.model
    def _move_entries(self, document, entries, ranges, source, target):
        try:
            if source is None:
                return number_ledger.add(entries, ranges, target)
            return number_ledger.move(entries, ranges, source, target)
        except number_ledger.NotThereError as error:
            raise UserError(
                self.env._(
                    "%(document)s %(number)s: %(place)s.",
                    document=document.name,
                    number=document._format_number(error.number),
                    place=self._describe_place(error.place),
                )
            ) from error

    @api.model
    def _describe_place(self, place):
        if place is None:
            return self.env._("was never received")
        state, user_id = place
        labels = dict(self._fields["state"]._description_selection(self.env))
        # sudo: a colleague's name is no secret
        user_sudo = self.env["res.users"].sudo().browse(user_id)
        return self.env._(
            "is “%(state)s”, in the hand of %(user)s",
            state=labels[state],
            user=user_sudo.name,
        )

    # ---------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Controlled Documents: Who Holds Which Number")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("document_id"),
            Column("number_from"),
            Column("number_to"),
            Column("quantity", total=True),
            Column("state"),
            Column("holder_id"),
        ]

    def action_view_moves(self):
        """The movements in which numbers of this range took part."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_controlled_document_move_action"
        )
        first, last = self.number_from, self.number_to
        moves = self.env["sales.assistant.controlled.document.move"].search(
            [("document_id", "=", self.document_id.id), ("state", "=", "done")]
        )
        touching = moves.filtered(
            lambda move: any(
                low <= last and first <= high for low, high in move.ranges or []
            )
        )
        return {**action, "domain": [("id", "in", touching.ids)], "context": {}}
