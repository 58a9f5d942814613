from odoo import api, fields, models
from odoo.tools import ormcache

#: keys are fixed (AS-06)
CLAIM_KINDS = [
    ("appraisal", "Warranty Appraisal Claim"),
    ("major_assembly", "Major-Assembly Claim"),
    ("part_transfer", "Urgent Part Transfer"),
    ("rescue", "Roadside Rescue Claim"),
    ("purchase", "Outside Purchase Request"),
    ("running_in", "Running-in Card"),
]
#: a part transfer asks for parts, it claims no money
WITHOUT_LINES = frozenset({"part_transfer"})
#: a running-in service has no fault; one that is found goes with an appraisal claim
WITHOUT_FAULT = frozenset({"running_in"})


class AfterSalesClaimKind(models.Model):
    """What holds for all claims of one kind: the evidence it asks for and whether a
    returned one may be submitted again (AS-06, AS-07: the switch per kind)."""

    _name = "after.sales.claim.kind"
    _description = "Claim Kind"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    key = fields.Selection(CLAIM_KINDS, required=True, readonly=True)
    sequence = fields.Integer(default=10)
    is_offered = fields.Boolean("Offered to Stations", readonly=True)
    allows_resubmit = fields.Boolean(
        "May Be Submitted Again",
        default=True,
        help="A claim of this kind can be returned to the station, which corrects and "
        "submits it again. Otherwise it is approved or rejected only.",
    )
    evidence_ids = fields.One2many("after.sales.evidence", "kind_id")

    _key_uniq = models.Constraint("UNIQUE (key)", "Each claim kind exists once.")

    @api.model
    @ormcache()
    def _get_resubmit_keys(self):
        """Keys of the kinds that may be submitted again; asked on every form."""
        # sudo: the switch is no secret, portal users submit too
        return frozenset(
            self.sudo().search([("allows_resubmit", "=", True)]).mapped("key")
        )

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    @api.model
    def _get_by_key(self):
        """Kinds as ``{key: record}``."""
        kinds = self.search_fetch([], ["key", "name", "is_offered"])
        return {kind.key: kind for kind in kinds}
