# pylint: disable=consider-merging-classes-inherited
# Own file: finding a customer by his number is a concept of its own.
import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

#: digits from which a number is searched; the last ones that must agree (what stands
#: before them, country and trunk prefix, is written in many ways)
MIN_DIGITS, SAME_DIGITS = 4, 8


def to_digits(text):
    """The digits of a number, the last first.

    >>> to_digits("+39 051 / 52-34")
    '432515093'
    >>> to_digits(None)
    ''
    """
    return re.sub("[^0-9]", "", text or "")[::-1]


class ResPartner(models.Model):
    """Callers are found by the last digits of their number, without the phone library
    and however the number is written (``architecture.md`` 6)."""

    _inherit = "res.partner"

    phone_digits = fields.Char(
        compute="_compute_phone_digits",
        store=True,
        help="The digits of the phone number, the last first.",
    )

    _phone_digits_idx = models.Index(
        "(phone_digits text_pattern_ops) WHERE phone_digits IS NOT NULL"
    )

    def _auto_init(self):
        """The column is made and filled by SQL: an installation on a million partners
        must not compute it one by one."""
        cr = self.env.cr
        if not column_exists(cr, "res_partner", "phone_digits"):
            create_column(cr, "res_partner", "phone_digits", "varchar")
            cr.execute(
                SQL(
                    """
                    UPDATE res_partner
                       SET phone_digits = NULLIF(
                               reverse(regexp_replace(phone, '[^0-9]', '', 'g')), ''
                           )
                     WHERE phone IS NOT NULL
                    """
                )
            )
        return super()._auto_init()

    @api.depends("phone")
    def _compute_phone_digits(self):
        for partner in self:
            partner.phone_digits = to_digits(partner.phone) or False

    @api.model
    def _search_by_phone(self, number, limit=None):
        """Partners whose number ends like ``number``, the longest agreement first.

        :param str number: as typed; its last digits are enough
        :returns: res.partner the current user may read
        """
        digits = to_digits(number)
        if len(digits) < MIN_DIGITS or any(letter.isalpha() for letter in number):
            return self.browse()
        found = self.search(
            Domain("phone_digits", "=like", f"{digits[:SAME_DIGITS]}%")
            & Domain("company_id", "in", [*self.env.companies.ids, False])
        )

        def agreement(partner):
            own = partner.phone_digits
            same = next(
                (
                    n
                    for n, pair in enumerate(zip(own, digits, strict=False))
                    if pair[0] != pair[1]
                ),
                min(len(own), len(digits)),
            )
            return (-same, -partner.customer_rank, partner.id)

        return found.sorted(agreement)[:limit]
