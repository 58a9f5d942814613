from odoo import api, fields, models


class AfterSalesSupplier(models.Model):
    """A supplier and its terms of responsibility (AS-03): the share it bears of what
    its parts cost, the days it has to answer, and what its silence means."""

    _name = "after.sales.supplier"
    _description = "Responsible Supplier"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(related="partner_id.name", store=True, index="trigram")
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    share_percent = fields.Float("Share (%)", default=100, tracking=True)
    includes_labor = fields.Boolean("Bears Labour Too", default=True, tracking=True)
    reaction_days = fields.Integer(default=14, tracking=True)
    is_silence_consent = fields.Boolean(
        "Silence Means Consent",
        default=True,
        tracking=True,
        help="No answer within the reaction days counts as accepted.",
    )
    product_count = fields.Integer("Parts Supplied", compute="_compute_product_count")
    active = fields.Boolean(default=True)

    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id, company_id)",
        "This partner already has terms of responsibility.",
    )
    _terms_valid = models.Constraint(
        "CHECK (share_percent BETWEEN 0 AND 100 AND reaction_days >= 0)",
        "The share lies between 0 and 100, reaction days are not negative.",
    )

    @api.depends("partner_id")
    def _compute_product_count(self):
        counts = dict(
            self.env["product.supplierinfo"]._read_group(
                [("partner_id", "in", self.partner_id.ids)],
                ["partner_id"],
                ["product_tmpl_id:count_distinct"],
            )
        )
        for supplier in self:
            supplier.product_count = counts.get(supplier.partner_id, 0)
