# pylint: disable=consider-merging-classes-inherited
# The card of a store and its people is a topic of its own.
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.sql import column_exists, create_column

BUSINESS_STATES = [
    ("rising", "Rising"),
    ("stable", "Stable"),
    ("falling", "Falling"),
    ("renovating", "Renovating"),
    ("closing", "Closing"),
]
EDUCATIONS = [
    ("school", "Secondary School"),
    ("vocational", "Vocational School"),
    ("college", "College"),
    ("bachelor", "Bachelor"),
    ("master", "Master or Higher"),
]
SHIFTS = [
    ("early", "Early"),
    ("middle", "Middle"),
    ("late", "Late"),
    ("rotating", "Rotating"),
]
DAYS_OFF = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
SUPPORTS = [("high", "Supportive"), ("fair", "Neutral"), ("low", "Reserved")]
USERS = "field_sales.group_field_sales_user"


class ResPartner(models.Model):
    """客户资料卡 (FS-01): the store's trade area, size and staff, and the people one
    meets there, with what one should remember of them."""

    _inherit = "res.partner"

    # store
    field_sales_trade_area = fields.Text("Trade Area", groups=USERS)
    field_sales_business_state = fields.Selection(
        BUSINESS_STATES, "Business State", groups=USERS
    )
    field_sales_floor_area = fields.Integer("Floor Area (m²)", groups=USERS)
    field_sales_business_mix = fields.Char(
        "Business Mix", groups=USERS, help="Food, household, clothing, ... in percent."
    )
    field_sales_staff_number = fields.Integer("Staff", groups=USERS)
    field_sales_staff_structure = fields.Char("Staff Structure", groups=USERS)
    field_sales_promoters_own = fields.Integer("Own Promoters", groups=USERS)
    field_sales_promoters_rival = fields.Integer("Rival Promoters", groups=USERS)
    field_sales_promoters_share = fields.Char(
        "Promoters by Section", groups=USERS, help="Share of promoters per section."
    )
    # people
    field_sales_birthday = fields.Date("Birthday", groups=USERS)
    field_sales_birthday_key = fields.Char(
        compute="_compute_field_sales_birthday_key",
        store=True,
        index="btree_not_null",
        groups=USERS,
        help="Month and day of the birthday.",
    )
    field_sales_age = fields.Integer(
        "Age (Estimate)", groups=USERS, help="Where the birthday is not known."
    )
    field_sales_education = fields.Selection(EDUCATIONS, "Education", groups=USERS)
    field_sales_date_joined = fields.Date("In This Store Since", groups=USERS)
    field_sales_temper = fields.Char("Temper", groups=USERS)
    field_sales_shift = fields.Selection(SHIFTS, "Shift", groups=USERS)
    field_sales_day_off = fields.Selection(DAYS_OFF, "Day Off", groups=USERS)
    field_sales_support = fields.Selection(SUPPORTS, "Support for Us", groups=USERS)
    field_sales_interests = fields.Char("Interests", groups=USERS)

    def _auto_init(self):
        # An empty column spares the first computation over all partners.
        cr, table, column = self.env.cr, self._table, "field_sales_birthday_key"
        if not column_exists(cr, table, column):
            create_column(cr, table, column, "varchar")
        return super()._auto_init()

    @api.depends("field_sales_birthday")
    def _compute_field_sales_birthday_key(self):
        for partner in self:
            day = partner.field_sales_birthday
            partner.field_sales_birthday_key = day and day.strftime("%m-%d")

    @api.constrains(
        "field_sales_floor_area",
        "field_sales_staff_number",
        "field_sales_promoters_own",
        "field_sales_promoters_rival",
        "field_sales_age",
    )
    def _check_field_sales_card(self):
        for partner in self:
            if (
                min(
                    partner.field_sales_floor_area,
                    partner.field_sales_staff_number,
                    partner.field_sales_promoters_own,
                    partner.field_sales_promoters_rival,
                    partner.field_sales_age,
                )
                < 0
            ):
                raise ValidationError(
                    self.env._(
                        "Areas, ages and numbers of people on the card of “%(partner)s”"
                        " cannot be negative.",
                        partner=partner.name,
                    )
                )

    @api.model
    def _get_greeting_domain(self):
        """People of the user's stores whose birthday is within the notice (客情).

        A birthday on 29 February is greeted on the 28th of a short year.
        """
        company = self.env.company
        today = company._get_sales_today()
        keys = set()
        for ahead in range(company.field_sales_greeting_days + 1):
            day = today + timedelta(days=ahead)
            keys.add(day.strftime("%m-%d"))
            following = day + timedelta(days=1)
            if (day.month, day.day) == (2, 28) and following.month == 3:
                keys.add("02-29")
        return [
            ("field_sales_birthday_key", "in", sorted(keys)),
            ("parent_id.is_store", "=", True),
            ("parent_id.user_id", "in", self.env.user._get_sales_acting_ids()),
        ]
