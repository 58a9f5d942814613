# pylint: disable=consider-merging-classes-inherited
# Own file: whose turn it is and for how long is one concept.
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .after_sales_claim import REVIEWED

#: states in which the claim waits for the maker; otherwise, while open, for the station
OURS, THEIRS = REVIEWED, {"returned"}


class AfterSalesClaim(models.Model):
    """Whose turn it is: the due day of the side that has the claim, and the hours it
    lay with each (AS-07: deadlines for both sides)."""

    _inherit = "after.sales.claim"

    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    # clocks: whose turn the time went by on
    clock_at = fields.Datetime(readonly=True, copy=False)
    clock_is_theirs = fields.Boolean(readonly=True, copy=False)
    our_hours = fields.Float("Hours With Us", readonly=True, copy=False)
    their_hours = fields.Float("Hours With the Station", readonly=True, copy=False)

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        for claim in self:
            today = claim.company_id._get_sales_today()
            claim.is_overdue = bool(
                claim.state in OURS | THEIRS
                and claim.date_due
                and claim.date_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return Domain("state", "in", tuple(OURS | THEIRS)) & Domain(
            "date_due", "<", today
        )

    def _move_clocks(self, now=None):
        """Add the time since the last step to whose turn it was (AS-07: deadlines for
        both sides); the clock stands in drafts and after the decision."""
        now = now or fields.Datetime.now()
        names = ["clock_at", "clock_is_theirs", "our_hours", "their_hours"]
        self.flush_recordset([*names, "state"])
        # One statement: every claim of a batch has a time of its own, and writing them
        # one by one took half of an approval.
        self.env.cr.execute(
            SQL(
                """
                UPDATE after_sales_claim
                   SET our_hours = COALESCE(our_hours, 0)
                           + CASE WHEN clock_is_theirs THEN 0 ELSE %(passed)s END,
                       their_hours = COALESCE(their_hours, 0)
                           + CASE WHEN clock_is_theirs THEN %(passed)s ELSE 0 END,
                       clock_at = CASE WHEN state = ANY(%(running)s) THEN %(now)s END,
                       clock_is_theirs = state = ANY(%(theirs)s)
                 WHERE id = ANY(%(ids)s)
                """,
                passed=SQL(
                    "COALESCE(EXTRACT(EPOCH FROM %s::timestamp - clock_at) / 3600, 0)",
                    now,
                ),
                now=SQL("%s::timestamp", now),
                running=list(OURS | THEIRS),
                theirs=list(THEIRS),
                ids=self.ids,
            )
        )
        self.invalidate_recordset(names)
