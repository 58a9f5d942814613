from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AfterSalesFault(models.Model):
    """A fault code: a tree of system, part, symptom and cause (AS-04)."""

    _name = "after.sales.fault"
    _description = "Fault Code"
    _parent_store = True
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, index="trigram")
    name = fields.Char(required=True, translate=True)
    parent_id = fields.Many2one("after.sales.fault", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("after.sales.fault", "parent_id")
    is_selectable = fields.Boolean(
        "Selectable",
        default=True,
        help="Stations choose it on a claim; headings are not chosen.",
    )
    guarantee_class = fields.Selection(
        [("main", "Main Assembly"), ("safety", "Safety")],
        "Three Guarantees",
        help="Faults of a main assembly or of safety have stricter counters.",
    )
    part_ids = fields.Many2many(
        "product.product",
        string="Parts Concerned",
        domain=[("is_spare_part", "=", True)],
        help="A claim with this fault names one of these parts. Empty: any part.",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    claim_count = fields.Integer(compute="_compute_claim_count")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "This fault code exists already."
    )

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for fault in self:
            fault.display_name = " ".join(filter(None, (fault.code, fault.name)))

    def _compute_claim_count(self):
        counts = dict(
            self.env["after.sales.claim"]._read_group(
                [("fault_id", "in", self.ids)], ["fault_id"], ["__count"]
            )
        )
        for fault in self:
            fault.claim_count = counts.get(fault, 0)

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A fault code cannot lie within itself."))

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Fault Codes"),
                "template": "/after_sales/static/xls/after_sales_fault.xlsx",
            }
        ]
