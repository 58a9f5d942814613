# pylint: disable=consider-merging-classes-inherited
# Own file: that a recovery follows its credit note is one concept.
from odoo import models


class AfterSalesRecovery(models.Model):
    """What becomes of a recovery's credit note in accounting (AS-13).

    Only a posted credit note recovers: until then the time bar goes on and the rate
    does not count it. Without its credit note, the recovery is open again: the clerk
    posts it once more or cancels it, then its lines wait for the next one.
    """

    _inherit = "after.sales.recovery"

    def _follow_move(self):
        """:param self: recoveries in sudo whose credit note has changed or is gone"""
        gone = self.filtered(lambda recovery: recovery._has_lost_move())
        posted = (self - gone).filtered(lambda row: row.move_id.state == "posted")
        waiting = (self - gone - posted).filtered("move_id")
        posted._mark_recovered()
        (waiting | gone)._mark_unrecovered()
        (posted | waiting).filtered(lambda row: row.state != "posted")._take_step(
            "post"
        )
        gone.filtered(lambda row: row.state == "posted")._reopen_posting()

    def _has_lost_move(self):
        move = self.move_id
        return not move or move.state == "cancel" or move._is_taken_back()

    def _mark_recovered(self):
        """The credit note is posted, or there was nothing to post."""
        for company, own in self.grouped("company_id").items():
            own._write_guarded({"date_posted": company._get_sales_today()})
        self.line_ids._close_responsibilities()

    def _mark_unrecovered(self):
        self._write_guarded({"date_posted": False})
        self.line_ids._reopen_responsibilities()

    def _reopen_posting(self):
        """Back to where the supplier has left it."""
        for recovery in self:
            back = "sent" if recovery.sent_at else "draft"
            recovery._write_guarded(
                {"state": "confirmed" if recovery.confirmed_at else back}
            )
            recovery.message_post(
                body=self.env._(
                    "The credit note was cancelled, deleted or reversed in accounting: "
                    "nothing of this recovery is recovered. Post it again, or cancel "
                    "it."
                ),
                subtype_xmlid="mail.mt_note",
            )
