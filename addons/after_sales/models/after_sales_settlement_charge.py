# pylint: disable=consider-merging-classes-inherited
# Own file: deductions, penalties and credits of a settlement are one concept.
from odoo import api, fields, models
from odoo.tools import SQL


class AfterSalesSettlement(models.Model):
    """Charges in the settlement (AS-12): the open ones of the station, until the end
    of the month and in the settlement's currency, each in one settlement only."""

    _inherit = "after.sales.settlement"

    charge_ids = fields.One2many("after.sales.charge", "settlement_id", "Charges")

    def _take_charges(self):
        """Take the open charges of the stations of these drafts, in one statement."""
        if not self:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE after_sales_charge charge
                   SET state = 'taken', settlement_id = settlement.id,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM after_sales_settlement settlement
                 WHERE settlement.id IN %(ids)s AND settlement.state = 'draft'
                   AND charge.station_id = settlement.station_id
                   AND charge.currency_id = settlement.currency_id
                   AND charge.company_id = settlement.company_id
                   AND charge.date <= settlement.date_to
                   AND charge.state = 'open'
                """,
                uid=self.env.uid,
                now=self.env.cr.now(),
                ids=tuple(self.ids),
            )
        )
        self.env["after.sales.charge"].invalidate_model(
            ["state", "settlement_id", "write_uid", "write_date"]
        )

    def _release_charges(self):
        """A cancelled settlement charges nothing."""
        # sudo: the step of the settlement has asked person and state
        self.charge_ids.sudo()._do_release(settlement_id=False)

    @api.model
    def _settle_beside_claims(self, company, date_from, date_to):
        """Settlements of the month for stations that have open charges or kept parts,
        but may have no claims. What somebody else works on waits for the next run."""
        charges = self._get_open_charges(company, date_to).try_lock_for_update()
        parts = self._get_open_residuals(company).try_lock_for_update()
        keys = {
            (record.station_id.id, record.currency_id.id)
            for records in (charges, parts)
            for record in records
        }
        self._create_missing(company, sorted(keys), date_from, date_to)
        drafts = self.search(
            [
                ("company_id", "=", company.id),
                ("date_from", "=", date_from),
                ("state", "=", "draft"),
                ("station_id", "in", (charges.station_id | parts.station_id).ids),
            ]
        )
        drafts._take_residuals()
        drafts._take_charges()
        drafts._update_totals()

    @api.model
    def _get_open_charges(self, company, date_to, limit=None):
        charges = self.env["after.sales.charge"]
        domain = charges._get_open_domain(company, date_to)
        return charges.search([*domain, ("station_id", "!=", False)], limit=limit)

    @api.model
    def _get_open_residuals(self, company, limit=None):
        """Kept parts whose claim is settled already, their value is not."""
        return self.env["after.sales.old.part"].search(
            [
                ("company_id", "=", company.id),
                ("residual_amount", ">", 0),
                ("residual_settlement_id", "=", False),
                ("claim_id.settlement_id", "!=", False),
            ],
            limit=limit,
        )
