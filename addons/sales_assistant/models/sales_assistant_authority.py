from odoo import fields, models


class SalesAssistantAuthority(models.Model):
    """The discount a salesperson may grant by himself (产品定价权, S1 篇八): before the
    limit of the discount rule, which holds for everybody without a row here."""

    _name = "sales.assistant.authority"
    _description = "Discount Authority"
    _order = "user_id, id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
    )
    limit = fields.Float("Discount up to (%)", required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _user_uniq = models.Constraint(
        "UNIQUE(user_id, company_id)", "This salesperson has an authority already."
    )
    _limit_percent = models.Constraint(
        'CHECK("limit" >= 0 AND "limit" <= 100)',
        "A discount lies between 0 and 100 percent.",
    )
