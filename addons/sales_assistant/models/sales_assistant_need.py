from odoo import api, fields, models

from odoo.addons.sales_base.tools.sheet import Column


class SalesAssistantNeed(models.Model):
    """SA-04: a wish or need that a customer spoke of. Together they are the report on
    customer needs for the general manager 客户需求情况分析报告 (S1 篇九)."""

    _name = "sales.assistant.need"
    _inherit = ["sales.sheet.mixin"]
    _description = "Customer Need"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Wish", required=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, check_company=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        index=True,
        string="Company of the Customer",
    )
    country_id = fields.Many2one(
        related="partner_id.country_id", store=True, precompute=True
    )
    grade_id = fields.Many2one(
        "sales.grade",
        compute="_compute_grade_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The customer's grade when he spoke of it.",
    )
    category_id = fields.Many2one(
        "sales.assistant.need.category",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", check_company=True
    )
    quantity = fields.Float(digits="Product Unit")
    date = fields.Date(
        "Noted",
        required=True,
        index=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    user_id = fields.Many2one(
        "res.users",
        "Noted by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    callback_id = fields.Many2one(
        "sales.assistant.callback", index="btree_not_null", readonly=True
    )
    is_answered = fields.Boolean("Answered")
    answer = fields.Text()
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity >= 0)", "A quantity cannot be negative."
    )

    @api.depends("partner_id")
    def _compute_grade_id(self):
        for need in self:
            partner = need.partner_id.with_company(need.company_id or self.env.company)
            need.grade_id = partner.commercial_partner_id.sales_grade_id

    @api.model
    def _get_sheet_title(self):
        return self.env._("Report on Customer Needs")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("date"),
            Column("partner_id.name", label=_("Customer")),
            Column("country_id.name", label=_("Country")),
            Column("grade_id.name", label=_("Grade")),
            Column("category_id.name", label=_("Category")),
            Column("name", width=40),
            Column("product_id.product_tmpl_id.name", label=_("Product")),
            Column("quantity"),
            Column("user_id"),
            Column("is_answered"),
            Column("answer", width=40),
        ]
