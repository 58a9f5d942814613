# pylint: disable=consider-merging-classes-inherited
# The four-eyes check of a set is a concept of its own beside its data.
from odoo import api, fields, models

from .sales_assistant_check import CHECK_STATES, FEATURE
from .sales_assistant_check_mixin import CLOSED

#: what the checkers look at
SET_TERMS = (
    "template_id",
    "order_id",
    "partner_id",
    "consignee_id",
    "notify_id",
    "invoice_number",
    "date_invoice",
    "incoterm_id",
    "incoterm_location",
    "payment_term_id",
    "letter_of_credit",
    "port_loading",
    "port_discharge",
    "vessel",
    "marks",
    "date_shipment",
    "freight_amount",
    "insurance_amount",
    "amount_total",
)
GOODS_TERMS = (
    "name",
    "quantity",
    "uom_id",
    "price_unit",
    "carton_count",
    "net_weight",
    "gross_weight",
    "volume",
)
ITEM_TERMS = ("kind", "reference", "date_document", "originals", "copies", "state")


class SalesAssistantDocumentSet(models.Model):
    """SA-13: whoever prepared a set does not check it; an unchecked one is not handed
    in, where the company asks for checkers."""

    _name = "sales.assistant.document.set"
    _inherit = [
        "sales.assistant.document.set",
        "sales.assistant.check.mixin",
        "sales.snapshot.source.mixin",
    ]

    _check_link = "document_set_id"
    _check_kinds = ("document_set",)

    sales_preparer_ids = fields.Many2many(
        relation="sales_assistant_document_set_preparer_rel"
    )
    sales_check_ids = fields.One2many(
        "sales.assistant.check",
        "document_set_id",
        "Four-Eyes Checks",
        copy=False,
        groups=FEATURE,
    )
    check_state = fields.Selection(
        [state for state in CHECK_STATES if state[0] != "superseded"],
        "Check",
        compute="_compute_check_state",
        groups=FEATURE,
    )
    is_check_required = fields.Boolean(compute="_compute_check_state", groups=FEATURE)

    @api.depends("state", "company_id", "sales_check_ids.state")
    def _compute_check_state(self):
        for one in self:
            state = one._get_current_check().state
            one.check_state = state
            one.is_check_required = (
                one.state == "ready"
                and state != "open"
                and one._is_check_enabled()
                and bool(one._get_check_gap("document_set"))
            )

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su and field.name in CLOSED:
            return False
        return super()._has_field_access(field, operation)

    # ------------------------------------------------------------------- hooks

    def _get_check_kind(self):
        return "document_set"

    def _has_check_content(self):
        return self.state == "ready"

    def _prepare_check_values(self, kind):
        return {**super()._prepare_check_values(kind), "order_id": self.order_id.id}

    def _tell_failed_check(self, check):
        self.message_post(
            body=self.env._(
                "Error found at the check %(check)s: %(kind)s. %(note)s",
                check=check.name,
                kind=check.cancel_reason_id.name,
                note=check.reason_note or "",
            ),
            subtype_xmlid="mail.mt_note",
        )

    def _withdraw_open_checks(self):
        # sudo: whoever takes the set back takes the request back
        self.sudo().sales_check_ids.filtered(
            lambda check: check.state == "open"
        )._do_withdraw()

    # --------------------------------------------------------------- preparers

    @api.model_create_multi
    def create(self, vals_list):
        sets = super().create(vals_list)
        sets._note_preparer()
        return sets

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and set(vals) - self._get_open_when_frozen():
            self._note_preparer()
        return result

    # ----------------------------------------------------------------- content

    @api.model
    def _get_snapshot_spec(self):
        return {
            "fields": list(SET_TERMS),
            "lines": {"line_ids": list(GOODS_TERMS), "item_ids": list(ITEM_TERMS)},
        }

    def _get_snapshot_photos(self):
        """The files of the documents, by their checksum."""
        # sudo: the content is the same whoever checks
        files_sudo = self.env["ir.attachment"].sudo()
        files_sudo = files_sudo.search(
            [
                ("res_model", "=", "sales.assistant.document.set.item"),
                ("res_field", "=", "file"),
                ("res_id", "in", self.item_ids.ids),
            ],
            order="res_id",
        )
        names = {item.id: item.name for item in self.item_ids}
        sets = {item.id: item.document_set_id.id for item in self.item_ids}
        found = {}
        for one in files_sudo:
            found.setdefault(sets[one.res_id], []).append(
                {"hash": one.checksum, "name": names[one.res_id]}
            )
        return found
