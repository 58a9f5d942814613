from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

AUDITOR = "after_sales.group_after_sales_auditor"


class AfterSalesClaimRequest(models.Model):
    """A part that a station urgently needs 紧急调件 (AS-11): how many it asks for, how
    many the auditor grants, and how many have not been shipped yet."""

    _name = "after.sales.claim.request"
    _description = "Urgently Needed Part"
    _inherit = ["sales.document.line.mixin"]
    _order = "claim_id, sequence, id"
    _rec_name = "product_id"
    _check_company_auto = True
    _document_field = "claim_id"
    _closed_fields = frozenset({"open_quantity"})

    claim_id = fields.Many2one(
        "after.sales.claim",
        required=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    company_id = fields.Many2one(related="claim_id.company_id")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        "Part",
        required=True,
        index=True,
        domain=[("is_spare_part", "=", True)],
        check_company=True,
        ondelete="restrict",
    )
    quantity = fields.Float(
        "Asked For", required=True, default=1, digits="Product Unit"
    )
    granted_quantity = fields.Float("Granted", copy=False, digits="Product Unit")
    transfer_line_ids = fields.One2many("after.sales.transfer.line", "request_id")
    open_quantity = fields.Float(
        "To Ship",
        compute="_compute_open_quantity",
        store=True,
        digits="Product Unit",
        help="Granted and neither received nor on its way.",
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 AND granted_quantity >= 0)",
        "A part is asked for in a quantity of more than zero.",
    )
    _product_uniq = models.UniqueIndex(
        "(claim_id, product_id)", "This part is asked for already."
    )
    _open_idx = models.Index("(claim_id) WHERE open_quantity > 0")

    @api.depends("granted_quantity", "transfer_line_ids.counted_quantity")
    def _compute_open_quantity(self):
        for request in self:
            shipped = sum(request.transfer_line_ids.mapped("counted_quantity"))
            request.open_quantity = max(0, request.granted_quantity - shipped)

    @api.constrains("granted_quantity", "quantity")
    def _check_granted_quantity(self):
        for request in self:
            if request.granted_quantity > request.quantity:
                raise ValidationError(
                    self.env._(
                        "%(part)s: not more than was asked for can be granted.",
                        part=request.product_id.display_name,
                    )
                )

    def _has_field_access(self, field, operation):
        if (
            operation == "write"
            and field.name == "granted_quantity"
            and not self.env.su
            and not self.env.user.has_group(AUDITOR)
        ):
            return False
        return super()._has_field_access(field, operation)

    def _prepare_create_values(self, vals_list):
        """Nothing is granted yet, whatever a stored default says."""
        vals_list = super()._prepare_create_values(vals_list)
        if not self.env.su:
            for vals in vals_list:
                vals["granted_quantity"] = 0
        return vals_list

    def _check_document_open(self, names):
        """What is granted is open in review, the rest as long as the claim is.

        :raises UserError: naming the claims
        """
        names = set(names)
        if "granted_quantity" in names:
            closed = self.claim_id.filtered(
                lambda claim: claim.state not in ("submitted", "in_review")
            )
            if closed:
                raise UserError(
                    self.env._(
                        "Parts are granted while the claim is in review: %(claims)s.",
                        claims=", ".join(closed.mapped("name")),
                    )
                )
        return super()._check_document_open(names - {"granted_quantity"})
