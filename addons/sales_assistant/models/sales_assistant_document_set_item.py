import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_document_template_line import DOCUMENT_KINDS, PRINTED_KINDS

ITEM_STATES = [
    ("open", "To Get"),
    ("done", "There"),
    ("checked", "Checked"),
    ("skipped", "Not Needed"),
]


class SalesAssistantDocumentSetItem(models.Model):
    """SA-17a: one document of a set: who gets it until when, its file, number or place.

    Who got a document does not check it (SA-13).
    """

    _name = "sales.assistant.document.set.item"
    _inherit = ["sales.document.line.mixin", "sales.sheet.mixin"]
    _description = "Document of a Set"
    _order = "document_set_id, sequence, id"

    _document_field = "document_set_id"
    _closed_fields = frozenset(
        {"state", "done_at", "done_by_id", "checked_at", "checked_by_id"}
    )

    document_set_id = fields.Many2one(
        "sales.assistant.document.set", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="document_set_id.company_id", store=True, precompute=True, index=True
    )
    order_id = fields.Many2one(related="document_set_id.order_id")
    partner_id = fields.Many2one(
        related="document_set_id.partner_id", string="Customer"
    )
    set_state = fields.Selection(
        related="document_set_id.state", string="State of the Set"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Document", required=True)
    kind = fields.Selection(DOCUMENT_KINDS, required=True, default="other")
    is_required = fields.Boolean("Required", default=True)
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    offset_days = fields.Integer(
        "Due (Days)",
        help="From the day of the shipment; of a tender, from its last day.",
    )
    date_due = fields.Date(
        "Due",
        compute="_compute_date_due",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_is_late", search="_search_is_late"
    )
    state = fields.Selection(
        ITEM_STATES, required=True, default="open", readonly=True, index=True
    )

    # the paper
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char(copy=False)
    reference = fields.Char("Document Number", copy=False)
    date_document = fields.Date("Dated", copy=False)
    originals = fields.Integer(default=1)
    copies = fields.Integer()
    place = fields.Char("Paper in", copy=False)
    note = fields.Char()
    done_at = fields.Datetime(readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Got by", readonly=True, copy=False)
    checked_at = fields.Datetime(readonly=True, copy=False)
    checked_by_id = fields.Many2one(
        "res.users", "Checked by", readonly=True, copy=False
    )
    is_printed = fields.Boolean(compute="_compute_is_printed")

    _numbers_sane = models.Constraint(
        "CHECK(originals >= 0 AND copies >= 0)",
        "Originals and copies cannot be negative.",
    )

    # ----------------------------------------------------------------- computes

    @api.depends(
        "document_set_id.date_shipment",
        "document_set_id.date_deadline",
        "document_set_id.kind",
        "offset_days",
    )
    def _compute_date_due(self):
        for item in self:
            one = item.document_set_id
            base = one.date_deadline if one.kind == "tender" else one.date_shipment
            item.date_due = base and fields.Date.add(base, days=item.offset_days)

    @api.depends("date_due", "state", "set_state")
    def _compute_is_late(self):
        for item in self:
            waits = item.state == "open" and item.set_state == "draft"
            today = item.company_id._get_sales_today()
            item.is_late = bool(waits and item.date_due and item.date_due < today)

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = (
            Domain("state", "=", "open")
            & Domain("document_set_id.state", "=", "draft")
            & Domain("date_due", "<", self.env.company._get_sales_today())
        )
        return late if True in value else ~late

    @api.depends("kind", "document_set_id.kind")
    def _compute_is_printed(self):
        for item in self:
            goods = item.document_set_id._lists_goods()
            item.is_printed = item.kind in PRINTED_KINDS and goods

    # ---------------------------------------------------------------- preparers

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items.document_set_id._note_preparer()
        return items

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su:
            self.document_set_id._note_preparer()
        return result

    # -------------------------------------------------------------------- steps

    def _start_step(self, sources):
        """Guard of every step of a document: right, set, lock, state as it is now.

        :param sources: states it starts from
        :raises UserError: another state
        """
        self.check_access("write")
        self._check_document_open({"state"})
        self.env.flush_all()
        self.lock_for_update()
        self.invalidate_recordset()
        labels = dict(self._fields["state"]._description_selection(self.env))
        wrong = self.filtered(lambda item: item.state not in sources)
        if wrong:
            raise UserError(
                self.env._(
                    "%(document)s: this is not possible in state “%(state)s”.",
                    document=wrong[0].name,
                    state=labels[wrong[0].state],
                )
            )

    def _end_step(self, **vals):
        # sudo: the fields are closed to all, right and state were just asked
        self.sudo().write(vals)
        self.document_set_id._note_preparer()

    def action_done(self):
        """The document is there: its file, its number or the place of the paper."""
        self._start_step({"open"})
        self._do_done()

    def _do_done(self):
        for item in self:
            if not (item.file or item.reference or item.place):
                raise UserError(
                    self.env._(
                        "%(document)s: attach the file, or give its number or the "
                        "place of the paper.",
                        document=item.name,
                    )
                )
        self._end_step(
            state="done", done_at=fields.Datetime.now(), done_by_id=self.env.uid
        )

    def action_check(self):
        """A second person has compared the document."""
        self._start_step({"done"})
        own = self.filtered(lambda item: item.done_by_id == self.env.user)
        if own:
            raise UserError(
                self.env._(
                    "%(documents)s: whoever got a document does not check it.",
                    documents=", ".join(own.mapped("name")),
                )
            )
        # sudo: see _end_step; a checker prepares nothing
        self.sudo().write(
            {
                "state": "checked",
                "checked_at": fields.Datetime.now(),
                "checked_by_id": self.env.uid,
            }
        )

    def action_skip(self):
        """Not needed for this shipment; the remark says why."""
        self._start_step({"open"})
        silent = self.filtered(lambda item: item.is_required and not item.note)
        if silent:
            raise UserError(
                self.env._(
                    "%(documents)s: say in the remark why it is not needed.",
                    documents=", ".join(silent.mapped("name")),
                )
            )
        self._end_step(state="skipped")

    def action_reopen(self):
        """It is got once more."""
        self._start_step({"done", "checked", "skipped"})
        self._end_step(
            state="open",
            done_at=False,
            done_by_id=False,
            checked_at=False,
            checked_by_id=False,
        )

    # -------------------------------------------------------------------- print

    def _get_report(self):
        if not self.is_printed:
            raise UserError(
                self.env._("Only commercial invoice and packing list are printed here.")
            )
        return self.env.ref(f"sales_assistant.report_document_set_{self.kind}")

    def action_make(self):
        """Keep the printed document as its file: what was handed in can be read
        later, whatever happens to the goods of the set."""
        self._start_step({"open"})
        reports = self.env["ir.actions.report"]
        for item in self:
            report = item._get_report()
            content, extension = reports._render_qweb_pdf(
                report.report_name, item.document_set_id.ids
            )
            item.write(
                {
                    "file": base64.b64encode(content),
                    "file_name": f"{item.name}.{extension}",
                    "reference": item.document_set_id.invoice_number,
                    "date_document": item.document_set_id.date_invoice,
                }
            )
        self._do_done()

    def action_print(self):
        self.ensure_one()
        return self._get_report().report_action(self.document_set_id, config=False)

    def action_download(self):
        """The document as a spreadsheet."""
        self.ensure_one()
        self._get_report()
        return self.document_set_id._download_paper(self.kind)

    def action_open_set(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sales.assistant.document.set",
            "res_id": self.document_set_id.id,
            "view_mode": "form",
        }

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Documents of Sets")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("document_set_id.name", label=self.env._("Document Set")),
            Column("document_set_id.order_id", label=self.env._("Order")),
            Column("name"),
            Column("kind"),
            Column("user_id"),
            Column("date_due"),
            Column("state"),
            Column("reference"),
            Column("date_document"),
            Column("originals"),
            Column("copies"),
            Column("place"),
        ]
