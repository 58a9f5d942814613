from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: company flag -> field of the visit's line that it asks for
REQUIRED_LINE_FIELDS = {
    "field_sales_require_price": "price_tag",
    "field_sales_require_stock_shelf": "stock_shelf",
    "field_sales_require_stock_back": "stock_back",
    "field_sales_require_production_date": "date_production",
    "field_sales_require_shelf_level": "shelf_level",
    "field_sales_require_facings": "facings",
    "field_sales_require_promotion": "promotion_kind",
    "field_sales_require_order": "order_quantity",
}
#: company flag -> field of the visit that it asks for
REQUIRED_VISIT_FIELDS = {
    "field_sales_require_competitor": "competitor_note",
    "field_sales_require_promoter": "promoter_note",
    "field_sales_require_opinion": "store_opinion",
    "field_sales_require_proposal": "proposal",
    "field_sales_require_signature": "signature",
}


class ResCompany(models.Model):
    """Thresholds and guards of field sales (F-06), one set per company.

    What every visit must fill is a setting per field; the source marks the fields, but
    the mark is lost, so all are asked for at first (FS-09).
    """

    _inherit = "res.company"

    field_sales_order_factor = fields.Float(
        "Order Factor",
        default=1.5,
        help="Suggested order = (last stock + last order - stock now) × factor - stock "
        "now.",
    )
    field_sales_greeting_days = fields.Integer(
        "Greeting Notice",
        default=7,
        help="Birthdays of people in the stores show on the board so many days ahead.",
    )
    field_sales_checkin_distance = fields.Integer(
        "Check-in Distance",
        default=500,
        help="A visit started further from the store than so many metres is marked. "
        "0 marks none.",
    )
    field_sales_plan_auto = fields.Boolean(
        "Plan Next Week Automatically",
        default=True,
        help="Next week's visit plans are drafted every Friday night.",
    )
    field_sales_require_price = fields.Boolean("Price on Tag", default=True)
    field_sales_require_stock_shelf = fields.Boolean("Stock on Shelf", default=True)
    field_sales_require_stock_back = fields.Boolean("Stock Behind", default=True)
    field_sales_require_production_date = fields.Boolean(
        "Production Date", default=True
    )
    field_sales_require_shelf_level = fields.Boolean("Shelf Level", default=True)
    field_sales_require_facings = fields.Boolean("Facings", default=True)
    field_sales_require_promotion = fields.Boolean("Promotion", default=True)
    field_sales_require_order = fields.Boolean("Order Now", default=True)
    field_sales_require_competitor = fields.Boolean("Competitors", default=True)
    field_sales_require_promoter = fields.Boolean("Promoter", default=True)
    field_sales_require_opinion = fields.Boolean("Store's Opinion", default=True)
    field_sales_require_proposal = fields.Boolean("Own Proposal", default=True)
    field_sales_require_signature = fields.Boolean("Store's Signature", default=True)

    @api.constrains(
        "field_sales_order_factor",
        "field_sales_greeting_days",
        "field_sales_checkin_distance",
    )
    def _check_field_sales_limits(self):
        for company in self:
            if company.field_sales_order_factor <= 0:
                raise ValidationError(
                    self.env._("The order factor must be greater than zero.")
                )
            if (
                min(
                    company.field_sales_greeting_days,
                    company.field_sales_checkin_distance,
                )
                < 0
            ):
                raise ValidationError(
                    self.env._("Days and metres of field sales cannot be negative.")
                )

    def _check_field_sales_users(self, users):
        """Plans and visits of a company are made by people who work in it.

        :raises ValidationError: naming those who do not
        """
        self.ensure_one()
        if self.id in self.env.user._get_company_ids():  # cached, no statement
            users -= self.env.user
        # sudo: where colleagues work is no secret here
        strangers = users.sudo().filtered(lambda user: self not in user.company_ids)
        if strangers:
            raise ValidationError(
                self.env._(
                    "%(users)s: not at work in %(company)s.",
                    users=", ".join(strangers.mapped("name")),
                    company=self.name,
                )
            )

    def _get_field_sales_required(self, flags):
        """Fields that every visit must fill in this company.

        :param dict flags: {company flag: field name}
        :rtype: list of field names
        """
        return [name for flag, name in flags.items() if self[flag]]
