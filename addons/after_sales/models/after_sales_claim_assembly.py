# pylint: disable=consider-merging-classes-inherited
# Own file: the major assembly, one kind of claim.
from odoo import fields, models


class AfterSalesClaim(models.Model):
    """A major-assembly claim 大总成单 (AS-06): which assembly, the serial number taken
    out and the one put in. Approved, it stands in the unit's register of assemblies;
    the coverage of the unit lets the new one inherit what was left of the old."""

    _inherit = "after.sales.claim"

    assembly_product_id = fields.Many2one(
        "product.product",
        "Assembly",
        index="btree_not_null",
        domain=[("is_spare_part", "=", True), ("is_main_part", "=", True)],
        check_company=True,
        ondelete="restrict",
    )
    assembly_old_serial = fields.Char("Serial Number Taken Out", size=60, copy=False)
    assembly_new_serial = fields.Char("Serial Number Put In", size=60, copy=False)
    assembly_ids = fields.One2many(
        "after.sales.assembly", "claim_id", "Assemblies Put In"
    )

    def _get_kind_lack(self):
        if self.kind != "major_assembly":
            return super()._get_kind_lack()
        _ = self.env._
        if not self.assembly_product_id:
            return _("choose the assembly.")
        parts = self.line_ids.filtered(lambda line: line.line_type == "part")
        if self.assembly_product_id not in parts.product_id:
            return _("add the assembly as a part line.")
        if not (self.assembly_old_serial and self.assembly_new_serial):
            return _("enter the serial numbers taken out and put in.")
        return False

    def _do_approve(self, day=None):
        result = super()._do_approve(day)
        swaps = self.filtered(lambda claim: claim.kind == "major_assembly")
        # sudo: the approval has asked the person; the register is the system's
        self.env["after.sales.assembly"].sudo()._replace(swaps)
        return result

    # ---------------------------------------------------------------------- facts

    def _get_rule_facts(self):
        facts = super()._get_rule_facts()
        swaps = self.filtered(lambda claim: claim.kind == "major_assembly")
        register = self.env["after.sales.assembly"]
        known = register._get_known(swaps)
        elsewhere = register._get_elsewhere(swaps)
        for claim in swaps:
            facts[claim.id]["assembly"] = {
                "part": claim._get_name_fact(claim.assembly_product_id),
                "old": register._get_key(claim.assembly_old_serial),
                "new": register._get_key(claim.assembly_new_serial),
                "known": known.get(claim.id),
                "elsewhere": elsewhere.get(claim.id),
            }
        return facts
