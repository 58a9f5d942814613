# pylint: disable=consider-merging-classes-inherited
# Own file: deductions, penalties and credits of a recovery are one concept.
from odoo import api, fields, models


class AfterSalesRecovery(models.Model):
    """Charges in the recovery (AS-13): the open ones of the supplier, until the end of
    the month and in the recovery's currency, each in one recovery only."""

    _inherit = "after.sales.recovery"

    charge_ids = fields.One2many("after.sales.charge", "recovery_id", "Charges")

    @api.depends("charge_ids.amount")
    def _compute_amount_charge(self):
        """What lowers the supplier's money is recovered."""
        for recovery in self:
            total = sum(recovery.charge_ids.mapped("amount"))
            recovery.amount_charge = recovery.currency_id.round(-total)

    @api.model
    def _take_charges(self, company, date_from, date_to):
        """Put open charges into the draft recovery of their supplier; makes it where
        there is none. What somebody else works on waits for the next run."""
        charges = self._get_open_charges(company, date_to).try_lock_for_update()
        if not charges:
            return
        recoveries = self._get_of_month(charges, date_from, date_to)
        for key, own in charges.grouped(
            lambda charge: (charge.supplier_id, charge.currency_id)
        ).items():
            if recoveries[key].state == "draft":
                own._do_take(recovery_id=recoveries[key].id)

    @api.model
    def _get_open_charges(self, company, date_to, limit=None):
        charges = self.env["after.sales.charge"]
        domain = charges._get_open_domain(company, date_to)
        return charges.search([*domain, ("supplier_id", "!=", False)], limit=limit)

    def _release_charges(self):
        """A cancelled recovery charges nothing."""
        # sudo: the step of the recovery has asked person and state
        self.charge_ids.sudo()._do_release(recovery_id=False)
