from odoo import fields, models

CHECK_USAGES = [("review", "Contract Review"), ("sample", "Sample")]


class SalesAssistantCheckItem(models.Model):
    """A point of a checklist.

    SA-11: a term the assistant confirms before a normal order is placed
    (对一般合同和订单条款（交期、单价等）进行确认, S0 职责三).
    SA-15: what is looked at before a sample leaves (仔细审核样品, S0 二·5).
    """

    _name = "sales.assistant.check.item"
    _description = "Checklist Item"
    _order = "sequence, id"

    name = fields.Char("To Confirm", required=True, translate=True)
    usage = fields.Selection(
        CHECK_USAGES, "Used for", required=True, default="review", index=True
    )
    sequence = fields.Integer(default=10)
    is_required = fields.Boolean("Required", default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)
