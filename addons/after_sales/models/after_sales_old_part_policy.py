from odoo import api, fields, models

DISPOSALS = [
    ("return", "Return to the Maker"),
    ("supplier", "Straight to the Supplier"),
    ("keep", "Station Keeps It at Residual Value"),
    ("scrap", "Scrap at the Station"),
]


class AfterSalesOldPartPolicy(models.Model):
    """What becomes of a replaced part (AS-04, AS-10): the policy that names part and
    supplier wins over one that names the part, that over one that names the supplier,
    and one that names neither is for all others. Without a policy a part gets no tag.
    """

    _name = "after.sales.old.part.policy"
    _description = "Replaced Part Policy"
    _order = "product_id, supplier_id, id"
    _check_company_auto = True

    product_id = fields.Many2one(
        "product.product",
        "Part",
        index="btree_not_null",
        domain=[("is_spare_part", "=", True)],
        check_company=True,
        ondelete="cascade",
        help="Empty: every part that has no policy of its own.",
    )
    supplier_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company
    )
    disposal = fields.Selection(
        DISPOSALS, "What Happens to It", required=True, default="return"
    )
    residual_percent = fields.Float(
        "Residual Value (%)",
        help="Of the approved amount; deducted from the station's settlement.",
    )
    return_days = fields.Integer(
        "Days to Return",
        default=30,
        help="After the approval. A later part holds the settlement of its claim.",
    )
    is_tagged_singly = fields.Boolean(
        "A Tag for Each Piece",
        default=True,
        help="Off: one tag with the quantity, for parts not worth single tags.",
    )
    active = fields.Boolean(default=True)

    _policy_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), COALESCE(product_id, 0), COALESCE(supplier_id, 0))"
        " WHERE active",
        "There is a policy for this part and supplier already.",
    )
    _terms_valid = models.Constraint(
        "CHECK (residual_percent BETWEEN 0 AND 100 AND return_days >= 0)",
        "The residual value lies between 0 and 100 percent, days are not negative.",
    )

    @api.depends("product_id", "supplier_id", "disposal")
    def _compute_display_name(self):
        disposals = dict(self._fields["disposal"]._description_selection(self.env))
        for policy in self:
            names = (policy.product_id.display_name, policy.supplier_id.display_name)
            subject = " · ".join(filter(None, names))
            policy.display_name = " – ".join(
                filter(None, (subject, disposals.get(policy.disposal)))
            )

    @api.model
    def _get_for(self, company, pairs):
        """Policies of parts and their suppliers, asked once for all.

        :param pairs: iterable of (``product.product``, supplier ``res.partner``)
        :returns: {(product, supplier): policy or an empty recordset}
        """
        rows = self.search([("company_id", "in", [company.id, False])])
        # A company's own policy wins over the shared one.
        ordered = rows.sorted(lambda row: bool(row.company_id))
        by_key = {(row.product_id.id, row.supplier_id.id): row for row in ordered}
        result = {}
        for product, supplier in pairs:
            keys = (
                (product.id, supplier.id),
                (product.id, False),
                (False, supplier.id),
                (False, False),
            )
            found = (by_key[key] for key in keys if key in by_key)
            result[product, supplier] = next(found, self.browse())
        return result
