from odoo import fields, models

from .sales_assistant_campaign import AUDIENCES


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    sales_audience = fields.Selection(
        AUDIENCES,
        "Satisfaction of",
        index="btree_not_null",
        help="Satisfaction surveys of the assistant desk may ask these questions. The "
        "desk sees them.",
    )
