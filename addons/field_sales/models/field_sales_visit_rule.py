from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FieldSalesVisitRule(models.Model):
    """How often a store is visited (FS-06).

    Source: S1, 一、每周计划: 重点门店一周拜访次数不得少于3次,应隔一天拜访一次;
    一般门店每周拜访不得少于一次.

    The most particular rule wins: the store's own, then chain, channel and grade, then
    one for all; every criterion that is set must fit.
    """

    _name = "field.sales.visit.rule"
    _description = "Visit Rule"
    _inherit = ["field.sales.scope.mixin"]
    _scope_fields = ("store_id", "chain_id", "channel_id", "grade_id")

    name = fields.Char(required=True, translate=True)
    store_id = fields.Many2one(
        "res.partner",
        domain=[("is_store", "=", True)],
        index="btree_not_null",
        ondelete="cascade",
    )
    visits_per_week = fields.Integer("Visits a Week", required=True, default=1)
    is_every_other_day = fields.Boolean(
        "Every Other Day", help="A free day lies between two visits."
    )
    weeks_between = fields.Integer(
        "Interval (Weeks)", required=True, default=1, help="1 is every week."
    )

    @api.constrains("visits_per_week", "is_every_other_day", "weeks_between")
    def _check_frequency(self):
        for rule in self:
            most = 4 if rule.is_every_other_day else 7
            if not 1 <= rule.visits_per_week <= most:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: a week has room for 1 to %(most)s visits.",
                        rule=rule.name,
                        most=most,
                    )
                )
            if rule.weeks_between < 1:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: the interval is at least one week.",
                        rule=rule.name,
                    )
                )
            if rule.weeks_between > 1 and rule.visits_per_week > 1:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: with an interval of several weeks there is "
                        "one visit in the week that is due.",
                        rule=rule.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._update_stores()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if set(vals) - {"name", "sequence"}:
            self._update_stores()
        return result

    def _update_stores(self):
        """When a rule changes, so does the day by which stores are due."""
        stores = self.env["res.partner"].search(
            [("is_store", "=", True), ("field_sales_last_visit_date", "!=", False)]
        )
        stores._update_field_sales_due()

    @api.model
    def _get_rules(self, stores, company):
        """The rule of each store.

        :param res.partner stores: stores
        :param res.company company: whose rules and grades count
        :returns: {store id: rule}; stores without a rule are left out
        :rtype: dict
        """
        # sudo: the frequency of a store follows all rules, whoever asks
        applying_sudo = self.sudo()._get_applying(stores, company)
        return {id_: rules[0] for id_, rules in applying_sudo.items() if rules}

    @api.model
    def _get_store_scope(self, store):
        return {**super()._get_store_scope(store), "store_id": store.id}

    @api.model
    def get_import_templates(self):
        """F-10: visit rules come in by a template."""
        return [
            {
                "label": self.env._("Import Template for Visit Rules"),
                "template": "/field_sales/static/xls/visit_rules.xlsx",
            }
        ]
