# pylint: disable=consider-merging-classes-inherited
# Own file: how approved claims become responsibilities is one concept.
from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.sales_base.tools.period import month_of

from .after_sales_responsibility_steps import QUALITY

RUN_KIND = "after_sales_responsibility"
#: approved claims prepared by one committed batch
BATCH = 500


class AfterSalesResponsibility(models.Model):
    """Drafts for approved claims (AS-09): the causal parts, their suppliers, the cost
    that each of them has caused."""

    _inherit = "after.sales.responsibility"

    @api.model
    def _get_unprepared_domain(self, company):
        return [
            ("company_id", "=", company.id),
            ("state", "in", ("approved", "settled")),
            ("responsibility_ids", "=", False),
        ]

    @api.model
    def _prepare_next(self, company):
        """:returns: how many claims got their drafts"""
        claims = self.env["after.sales.claim"].search(
            self._get_unprepared_domain(company), order="id", limit=BATCH
        )
        claims = claims.try_lock_for_update()
        self._prepare_claims(claims)
        return len(claims)

    @api.model
    def _prepare_claims(self, claims):
        """Drafts of claims that have none. The number of statements does not grow.

        :param claims: approved claims of one company, locked
        :returns: the new responsibilities
        """
        claims = claims.filtered(lambda claim: not claim.responsibility_ids)
        causal = {claim: claim._get_causal_lines() for claim in claims}
        lines = claims.line_ids.browse().union(*causal.values())
        partners = lines._get_old_part_suppliers()
        found = claims.env["res.partner"].union(*partners.values())
        # sudo: terms are found for the system, whoever presses the button
        terms = (
            self.env["after.sales.supplier"]
            .sudo()
            ._get_by_partner(claims.company_id, found)
            if found
            else {}
        )
        vals_list = []
        for claim, own in causal.items():
            for line, costs in zip(
                own or [own], claim._get_caused_costs(own), strict=True
            ):
                supplier = terms.get(partners[line.id]) if line else None
                vals_list.append(
                    {
                        "company_id": claim.company_id.id,
                        "claim_id": claim.id,
                        "claim_line_id": line.id,
                        "product_id": line.product_id.id,
                        "part_lot_id": line.part_lot_id.id,
                        "supplier_id": supplier.id if supplier else False,
                        "cause": claim.cause,
                        **costs,
                    }
                )
        # sudo: responsibilities are made by the system, edited by their people
        return self.sudo().create(vals_list).with_env(self.env)

    @api.model
    def _start_month(self, day, at_once=False):
        """Ask the suppliers of a month's approved claims.

        :param date day: any day of the month
        :param bool at_once: a small set, now
        :returns: ``sales.run``
        """
        month = month_of(day)
        return self.env["sales.run"]._start_month(RUN_KIND, month, at_once)

    @api.model
    def _get_month_domain(self, company, date_from, date_to):
        """Approved claims of the month whose suppliers have not been asked."""
        return [
            ("company_id", "=", company.id),
            ("state", "in", ("approved", "settled")),
            ("date_approved", ">=", date_from),
            ("date_approved", "<=", date_to),
            "|",
            ("responsibility_ids", "=", False),
            ("responsibility_ids.state", "=", "draft"),
        ]

    @api.model
    def _ask_claims(self, claims):
        """Prepare and ask; a batch of a run.

        :param claims: approved claims, locked
        :returns: claims of which nobody can be asked
        """
        self._prepare_claims(claims)
        claims.invalidate_recordset(["responsibility_ids"])
        # sudo: the rights were asked when the run was started
        drafts_sudo = claims.responsibility_ids.sudo().filtered(
            lambda record: record.state == "draft"
        )
        askable = drafts_sudo.filtered(lambda record: record.share_supplier)
        askable._check_can("ask")
        askable._do_ask()
        return (drafts_sudo - askable).claim_id

    @api.model
    def action_ask_last_month(self):
        """Button of the list: ask now if it is little, else queue."""
        if not self.env.user.has_group(QUALITY):
            raise AccessError(self.env._("Only a quality engineer asks the suppliers."))
        company = self.env.company
        month = self.env["after.sales.recovery"]._get_last_month(company)
        domain = self._get_month_domain(company, month.first, month.last)
        few = self.env["after.sales.claim"].search_count(domain, limit=501) <= 500
        run = self._start_month(month.first, at_once=few)
        return run._open_run(self.env._("Suppliers Asked"), few)

    # ------------------------------------------------------------------------ lot

    def write(self, vals):
        """A lot that is read off the part later names its supplier."""
        result = super().write(vals)
        if vals.get("part_lot_id") and "supplier_id" not in vals:
            self._name_supplier_of_lot()
        return result

    def _name_supplier_of_lot(self):
        """Where the lot is known, its supplier answers, and gets the part back."""
        by_lot = {
            lot_id: partner.commercial_partner_id
            for lot_id, partner in self.part_lot_id._get_lot_suppliers().items()
        }
        known = self.filtered(lambda record: record.part_lot_id.id in by_lot)
        for company, records in known.grouped("company_id").items():
            partners = self.env["res.partner"].union(
                *(by_lot[lot_id] for lot_id in records.part_lot_id.ids)
            )
            # sudo: terms are found for the system
            terms = (
                self.env["after.sales.supplier"]
                .sudo()
                ._get_by_partner(company, partners)
            )
            for record in records:
                partner = by_lot[record.part_lot_id.id]
                record.supplier_id = terms.get(partner)
                # sudo: parts belong to the system
                parts_sudo = record.sudo().claim_line_id.old_part_ids
                parts_sudo._follow_supplier(partner, record.part_lot_id)
