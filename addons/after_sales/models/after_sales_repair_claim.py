# pylint: disable=consider-merging-classes-inherited
# Own file: the claim of a repair, one concept.
from odoo import Command, api, fields, models

from .after_sales_claim_kind import CLAIM_KINDS, WITHOUT_LINES
from .after_sales_repair_guarantee import PAID_BY_MAKER

#: a repair claims its costs; parts that it waits for are asked for by themselves
REPAIR_CLAIM_KINDS = [row for row in CLAIM_KINDS if row[0] not in WITHOUT_LINES]


class AfterSalesRepair(models.Model):
    """The warranty claim is made from its repair by one click (AS-05, AS-06): the lines
    that warranty or goodwill pays, the unit, its meter, the photos as evidence. Asked
    again it is the same claim."""

    _inherit = "after.sales.repair"

    claim_ids = fields.One2many("after.sales.claim", "repair_id", "Claims")
    claim_id = fields.Many2one("after.sales.claim", compute="_compute_claim_id")
    claim_kind = fields.Selection(
        REPAIR_CLAIM_KINDS,
        required=True,
        default="appraisal",
        help="What kind of claim the repair becomes.",
    )

    @api.model
    def _get_open_when_frozen(self):
        return super()._get_open_when_frozen() | {"claim_kind"}

    @api.depends("claim_ids.state")
    def _compute_claim_id(self):
        for repair in self:
            repair.claim_id = repair.claim_ids.filtered(
                lambda claim: claim.state != "cancelled"
            )[:1]

    def action_claim(self):
        self.ensure_one()
        claim = self._make_claim()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.claim",
            "res_id": claim.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _make_claim(self):
        """The claim of this repair, made if there is none yet.

        :returns: the claim, with the user's rights
        """
        self.ensure_one()
        self._check_can("claim")
        # sudo: portal users make claims through this method; the link is closed to all
        repair_sudo = self.sudo()
        claim_sudo = repair_sudo.claim_id
        if not claim_sudo:
            claim_sudo = repair_sudo.env["after.sales.claim"].create(
                repair_sudo._prepare_claim_values()
            )
            repair_sudo._copy_evidence(claim_sudo)
        return claim_sudo.with_env(self.env)

    def _prepare_claim_values(self):
        return {
            "repair_id": self.id,
            "kind": self.claim_kind,
            "company_id": self.company_id.id,
            "station_id": self.station_id.id,
            "lot_id": self.lot_id.id,
            "customer_name": self.customer_name,
            "customer_phone": self.customer_phone,
            "date_repair": self.company_id._get_sales_day(self.accepted_at),
            "usage": self.usage,
            "fault_id": self.fault_id.id,
            "complaint": self.complaint,
            "cause": self.cause,
            "correction": self.correction,
            "line_ids": [
                Command.create(
                    {
                        "line_type": line.line_type,
                        "product_id": line.product_id.id,
                        "labor_id": line.labor_id.id,
                        "name": line.name,
                        "quantity": line.quantity,
                        "price_unit": line.price_unit,
                        "part_lot_id": line.part_lot_id.id,
                        "is_causal": line.is_causal,
                        "is_goodwill": line.payer == "goodwill",
                        "sequence": line.sequence,
                    }
                )
                for line in self.line_ids
                if line.payer in PAID_BY_MAKER
            ],
        }

    def _copy_evidence(self, claim):
        """Each photo becomes evidence of the claim: a file of its own on the same
        stored bytes, with the hash of what was received."""
        self.env["after.sales.claim.photo"].create(
            [
                {
                    "claim_id": claim.id,
                    "kind": photo.kind,
                    "sha256": photo.sha256,
                    "taken_at": photo.taken_at,
                    "latitude": photo.latitude,
                    "longitude": photo.longitude,
                    "attachment_id": photo.attachment_id.copy(
                        {"res_model": claim._name, "res_id": claim.id}
                    ).id,
                }
                for photo in self.photo_ids
            ]
        )

    def _portal_claim(self, kind):
        """The claim of this repair, of the kind its station chose in the portal.

        :param str kind: as received
        :returns: the claim
        """
        self.ensure_one()
        if not self.claim_id and kind in dict(REPAIR_CLAIM_KINDS):
            self._check_can("claim")
            self.claim_kind = kind
        return self._make_claim()

    def _portal_get_claim_kinds(self):
        """Kinds of claims that this station may make of its repair, with labels."""
        allowed = set(self.station_id.kind_ids.mapped("key"))
        labels = self._fields["claim_kind"]._description_selection(self.env)
        return [(key, label) for key, label in labels if key in allowed]
