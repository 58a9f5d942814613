# pylint: disable=consider-merging-classes-inherited
# Own file: the running-in card, one kind of claim.
from odoo import api, fields, models
from odoo.exceptions import UserError

from .after_sales_claim_adjudication import NOT_COUNTED

#: states in which a card starts no further claim
NOT_MADE = ("rejected", "cancelled")


class AfterSalesClaim(models.Model):
    """A running-in card 走保单 (AS-06): the first service of a new unit, asked for by
    the customer with his card 走保卡 and done within the running-in period. Approved,
    it is the unit's running-in service, on which its coverage depends. A defect that is
    found goes with an appraisal claim."""

    _inherit = "after.sales.claim"

    card_number = fields.Char("Running-in Card No.", size=40, copy=False)
    date_card = fields.Date(
        "Asked For On", copy=False, help="Day on which the customer asked for it."
    )
    has_defect = fields.Boolean("Defect Found")
    running_in_claim_id = fields.Many2one(
        "after.sales.claim",
        "Running-in Card",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    defect_claim_ids = fields.One2many(
        "after.sales.claim", "running_in_claim_id", "Claims of the Defect"
    )
    defect_claim_id = fields.Many2one(
        "after.sales.claim", compute="_compute_defect_claim_id"
    )

    _running_in_idx = models.Index("(lot_id, date_repair) WHERE kind = 'running_in'")

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"running_in_claim_id"}

    @api.depends("defect_claim_ids.state")
    def _compute_defect_claim_id(self):
        for claim in self:
            claim.defect_claim_id = claim.defect_claim_ids.filtered(
                lambda record: record.state != "cancelled"
            )[:1]

    def _get_kind_lack(self):
        if self.kind != "running_in":
            return super()._get_kind_lack()
        if not self.card_number:
            return self.env._("enter the number of the running-in card.")
        if self.has_defect and not self.defect_claim_id:
            return self.env._("make the appraisal claim of the defect.")
        return False

    def action_view_defect_claim(self):
        """The appraisal claim of the defect; made if there is none yet."""
        self.ensure_one()
        claim = self._make_defect_claim()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.claim",
            "res_id": claim.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _make_defect_claim(self):
        """The appraisal claim of the defect found; asked again it is the same one.

        :returns: the claim, with the user's rights
        :raises UserError: this is no running-in card, or it is closed
        """
        self.ensure_one()
        if not self.env.su:
            self.check_access("read")
        if not self._is_step_person(self._steps["submit"]):
            self._check_can("submit")
        # sudo: portal users make claims through methods only; the person was asked
        card_sudo = self.sudo()
        card_sudo._lock_for_step()
        if not card_sudo.defect_claim_id:
            if card_sudo.kind != "running_in" or card_sudo.state in NOT_MADE:
                raise UserError(
                    self.env._(
                        "%(claim)s: a defect is claimed with an open running-in card.",
                        claim=card_sudo.name,
                    )
                )
            card_sudo.create(card_sudo._prepare_defect_claim())
            if card_sudo.state in ("draft", "returned"):
                card_sudo.has_defect = True
        return card_sudo.defect_claim_id.with_env(self.env)

    def _prepare_defect_claim(self):
        return {
            "kind": "appraisal",
            "running_in_claim_id": self.id,
            "company_id": self.company_id.id,
            "station_id": self.station_id.id,
            "lot_id": self.lot_id.id,
            "customer_name": self.customer_name,
            "customer_phone": self.customer_phone,
            "date_repair": self.date_repair,
            "usage": self.usage,
            "fault_id": self.fault_id.id,
        }

    def _do_approve(self, day=None):
        result = super()._do_approve(day)
        for claim in self.filtered(lambda record: record.kind == "running_in"):
            claim._record_running_in()
        return result

    def _record_running_in(self):
        """The service is the unit's; the first one stays."""
        # sudo: the approval has asked the person; the unit is not the auditor's
        lot_sudo = self.lot_id.sudo()
        if not lot_sudo.running_in_date or self.date_repair < lot_sudo.running_in_date:
            lot_sudo.write(
                {"running_in_date": self.date_repair, "running_in_usage": self.usage}
            )

    # ---------------------------------------------------------------------- facts

    def _get_rule_facts(self):
        facts = super()._get_rule_facts()
        cards = self.filtered(lambda claim: claim.kind == "running_in")
        done = cards._get_services_before()
        for claim in cards:
            lot = claim.lot_id
            period = lot.warranty_coverage_id
            facts[claim.id]["running_in"] = {
                "start": lot.date_warranty_start or None,
                "days": period.running_in_days,
                "usage": period.running_in_usage,
                "has_period": bool(period.running_in_days or period.running_in_usage),
                "done": done.get(claim.id),
            }
        return facts

    def _get_services_before(self):
        """The running-in service each unit had already, this card's own left out.

        :returns: {claim id: (claim number or False, date)}
        """
        others = self.search(
            [
                ("kind", "=", "running_in"),
                ("lot_id", "in", self.lot_id.ids),
                ("state", "not in", NOT_COUNTED),
            ],
            order="date_repair, id",
        )
        by_lot = others.grouped("lot_id")
        done = {}
        for claim in self:
            lot = claim.lot_id
            other = (by_lot.get(lot, self.browse()) - claim)[:1]
            if other:
                done[claim.id] = (other.name, other.date_repair)
            elif lot.running_in_date and claim.state not in ("approved", "settled"):
                done[claim.id] = (False, lot.running_in_date)
        return done
