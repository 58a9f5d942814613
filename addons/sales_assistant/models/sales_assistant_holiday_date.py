from odoo import fields, models


class SalesAssistantHolidayDate(models.Model):
    """A day of a moving holiday, with the table or calendar it was taken from."""

    _name = "sales.assistant.holiday.date"
    _description = "Day of a Holiday"
    _order = "date, id"
    _rec_name = "date"

    holiday_id = fields.Many2one(
        "sales.assistant.holiday", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True, index=True)
    is_estimated = fields.Boolean(
        "Calculated",
        help="The day is fixed by the sighting of the moon or by decree; it may move.",
    )
    source = fields.Char(required=True)

    _date_unique = models.Constraint(
        "UNIQUE(holiday_id, date)", "A holiday has each of its days once."
    )
