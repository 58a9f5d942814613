# pylint: disable=consider-merging-classes-inherited
# Own file: the tags that a line makes are one concept.
from datetime import timedelta

from odoo import models

#: one line makes at most so many tags; more pieces go on one tag
TAGS_MAX = 20


class AfterSalesClaimLine(models.Model):
    """A part line of an approved claim is a part that was replaced."""

    _inherit = "after.sales.claim.line"

    def _create_old_parts(self, moved_on=None):
        """Tags for the parts of approved and cut lines whose policy asks for one.

        :param date moved_on: the day, for histories that are taken over
        :returns: ``after.sales.old.part`` in sudo
        """
        lines = self.filtered(
            lambda line: (
                line.line_type in ("part", "purchase")
                and line.product_id
                and line.decision in ("approved", "cut")
            )
        )
        # sudo: the approval has asked the person; parts belong to the system
        parts_sudo = self.env["after.sales.old.part"].sudo()
        created = parts_sudo.browse()
        for company, own in lines.grouped("company_id").items():
            created |= parts_sudo.create(own._prepare_old_parts(company))
        holders = {part: part.partner_id.id for part in created}
        created._move("at_station", moved_on=moved_on, partner_id=holders)
        kept = created.filtered(lambda part: part.disposal == "keep")
        kept._do_keep(moved_on)
        return created

    def _prepare_old_parts(self, company):
        suppliers = self._get_old_part_suppliers()
        # sudo: policies and suppliers are read for the system
        policies = (
            self.env["after.sales.old.part.policy"]
            .sudo()
            ._get_for(company, {(line.product_id, suppliers[line.id]) for line in self})
        )
        vals_list = []
        for line in self:
            supplier = suppliers[line.id]
            policy = policies[line.product_id, supplier]
            if policy:
                vals_list += line._prepare_line_parts(policy, supplier)
        return vals_list

    def _prepare_line_parts(self, policy, supplier):
        """Values of the tags of one line; their values add up to its amount."""
        self.ensure_one()
        claim = self.claim_id
        tags = 1
        if policy.is_tagged_singly and self.quantity == int(self.quantity):
            tags = int(self.quantity) if self.quantity <= TAGS_MAX else 1
        currency = claim.currency_id
        until = [
            currency.round(self.approved_amount * number / tags)
            for number in range(tags + 1)
        ]
        day = claim.date_approved or claim.company_id._get_sales_today()
        disposal = policy.disposal
        if disposal == "supplier" and not supplier:
            disposal = "return"  # nobody to send it to but the maker
        return [
            {
                "company_id": claim.company_id.id,
                "claim_id": claim.id,
                "claim_line_id": self.id,
                "station_id": claim.station_id.id,
                "product_id": self.product_id.id,
                "quantity": self.quantity / tags,
                "policy_id": policy.id,
                "disposal": disposal,
                "supplier_id": supplier.id,
                "residual_percent": policy.residual_percent,
                "date_due": day + timedelta(days=policy.return_days),
                "currency_id": currency.id,
                "value": currency.round(until[number + 1] - until[number]),
            }
            for number in range(tags)
        ]

    def _get_old_part_suppliers(self):
        """Hook: who supplied the part.

        :returns: {line id: ``res.partner`` in sudo, or an empty recordset}
        """
        suppliers = {}
        for line in self:
            # sudo: the approval does not need rights on prices
            sellers_sudo = line.sudo().product_id.seller_ids
            own = sellers_sudo.filtered(
                lambda row, company=line.company_id: (
                    row.company_id.id in (False, company.id)
                )
            )
            suppliers[line.id] = own[:1].partner_id.commercial_partner_id
        return suppliers
