from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class SalesAssistantHoliday(models.Model):
    """A holiday on which customers of some countries are greeted 节日贺卡 (SA-08; S2
    外贸 14).

    It falls on the same day every year, or its days are listed year by year with where
    they come from. A year of the lunar calendar is shorter than ours, so a listed
    holiday may come twice in one year.
    """

    _name = "sales.assistant.holiday"
    _description = "Holiday"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    occasion = fields.Selection(
        [
            ("new_year", "New Year"),
            ("christmas", "Christmas"),
            ("easter", "Easter"),
            ("national", "National Day"),
            ("festival", "Festival"),
        ],
        required=True,
        default="festival",
        help="Decides the wish in the letter.",
    )
    rule = fields.Selection(
        [("fixed", "Same day every year"), ("listed", "Listed day by day")],
        "Falls on",
        required=True,
        default="fixed",
    )
    month = fields.Integer(default=1)
    day = fields.Integer(default=1)
    date_ids = fields.One2many("sales.assistant.holiday.date", "holiday_id", "Days")
    date_last = fields.Date("Listed Until", compute="_compute_date_last")
    country_ids = fields.Many2many("res.country", string="Countries")
    company_id = fields.Many2one("res.company", index=True)

    @api.depends("date_ids.date")
    def _compute_date_last(self):
        for holiday in self:
            holiday.date_last = max(holiday.date_ids.mapped("date"), default=False)

    @api.constrains("rule", "month", "day")
    def _check_day(self):
        for holiday in self.filtered(lambda one: one.rule == "fixed"):
            if not holiday._get_fixed_day(2024):  # a leap year
                raise ValidationError(
                    self.env._(
                        "%(holiday)s: there is no day %(day)s in month %(month)s.",
                        holiday=holiday.name,
                        day=holiday.day,
                        month=holiday.month,
                    )
                )

    def _get_fixed_day(self, year):
        """The day of a fixed holiday in a year; ``None`` where it does not exist."""
        self.ensure_one()
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @api.model
    def _get_days_between(self, first, last, company):
        """Days of the active holidays in a period, both ends included.

        :param date first: first day
        :param date last: last day
        :param company: holidays of others are left out
        :returns: list of (day, holiday), by day
        """
        mine = Domain("company_id", "in", [False, company.id])
        days = []
        for holiday in self.search(mine & Domain("rule", "=", "fixed")):
            fixed = (
                holiday._get_fixed_day(year)
                for year in range(first.year, last.year + 1)
            )
            days += [(day, holiday) for day in fixed if day and first <= day <= last]
        listed = self.env["sales.assistant.holiday.date"].search(
            Domain("date", ">=", first)
            & Domain("date", "<=", last)
            & Domain("holiday_id", "any", mine & Domain("active", "=", True))
            & Domain("holiday_id.rule", "=", "listed")
        )
        days += [(one.date, one.holiday_id) for one in listed]
        return sorted(days, key=lambda pair: (pair[0], pair[1].id))
