from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FieldSalesScopeMixin(models.AbstractModel):
    """What holds for the stores of a grade, a channel, a chain or a mix of them.

    Every criterion that is set must fit the store; of those that fit, the most
    particular wins, and a company's own wins over a shared one.
    """

    _name = "field.sales.scope.mixin"
    _description = "Meant for Certain Stores"
    _order = "sequence, id"
    _check_company_auto = True

    #: criteria, the most particular first
    _scope_fields = ("chain_id", "channel_id", "grade_id")

    sequence = fields.Integer(default=10)
    grade_id = fields.Many2one(
        "sales.grade",
        domain=[("kind", "=", "store")],
        index="btree_not_null",
        ondelete="cascade",
    )
    channel_id = fields.Many2one(
        "field.sales.channel", index="btree_not_null", ondelete="cascade"
    )
    chain_id = fields.Many2one(
        "res.partner",
        domain=[("is_company", "=", True), ("is_store", "=", False)],
        index="btree_not_null",
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.constrains("grade_id")
    def _check_grade(self):
        for grade in self.grade_id:
            if grade.kind != "store":
                raise ValidationError(
                    self.env._(
                        "“%(grade)s” is not a grade of stores.", grade=grade.name
                    )
                )

    @api.model
    def _get_applying(self, stores, company):
        """What applies to each store.

        :param res.partner stores: stores
        :param res.company company: whose records and grades count
        :returns: {store id: records, the most particular first}
        :rtype: dict
        """
        records = self.search([("company_id", "in", [company.id, False])])
        ranked = sorted(records, key=lambda record: record._get_rank(), reverse=True)
        wanted = [record._get_criteria() for record in ranked]
        named = [set(ids) for ids in zip(*wanted, strict=True)]
        known, applying = {}, {}
        for store in stores.with_company(company):
            scope = self._get_store_scope(store)
            given = tuple(
                scope[name] if scope[name] in ids else False
                for name, ids in zip(self._scope_fields, named, strict=False)
            )
            if given not in known:
                known[given] = self.browse(
                    record.id
                    for record, criteria in zip(ranked, wanted, strict=True)
                    if all(
                        asked in (False, id_)
                        for asked, id_ in zip(criteria, given, strict=True)
                    )
                )
            applying[store.id] = known[given]
        return applying

    @api.model
    def _get_store_scope(self, store):
        """What of a store the criteria are compared with: {field: id or False}."""
        return {
            "chain_id": store.chain_id.id,
            "channel_id": store.field_sales_channel_id.id,
            "grade_id": store.sales_grade_id.id,
        }

    def _get_criteria(self):
        """Ids asked for, in the order of ``_scope_fields``; False asks nothing."""
        return tuple(self[name].id for name in self._scope_fields)

    def _get_rank(self):
        """The more particular the higher."""
        return (
            *map(bool, self._get_criteria()),
            bool(self.company_id),
            -self.sequence,
            -self.id,
        )
