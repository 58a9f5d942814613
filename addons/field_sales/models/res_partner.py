from datetime import timedelta
from math import ceil

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_base.tools import geo

from ..tools import planning

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: what planning reads of a store; the hundred other fields of a partner stay away
PLANNING_FIELDS = (
    "user_id",
    "chain_id",
    "field_sales_channel_id",
    "sales_grade_id",
    "field_sales_region_id",
    "field_sales_last_visit_date",
    "partner_latitude",
    "partner_longitude",
    *(f"field_sales_closed_{name}" for name in WEEKDAYS),
)
#: what steers a store's visits; its supervisor sets it
STORE_TERMS = frozenset({"sales_grade_id", "is_store"})
#: noted by visits and rules, by nobody's hand
STORE_NOTES = frozenset({"field_sales_last_visit_date", "field_sales_due_date"})


class ResPartner(models.Model):
    """A store (FS-01) is a partner: its salesperson is ``user_id``, its head office the
    chain, and a distributor may deliver. Chain and distributor are links of their own:
    with ``parent_id`` the accounting would follow."""

    _inherit = "res.partner"

    is_store = fields.Boolean("Store")
    chain_id = fields.Many2one(
        "res.partner",
        domain=[("is_company", "=", True)],
        check_company=True,
        index="btree_not_null",
        help="Head office of the chain this store belongs to.",
    )
    chain_store_ids = fields.One2many("res.partner", "chain_id", "Stores of the Chain")
    chain_store_count = fields.Integer(compute="_compute_chain_store_count")
    distributor_id = fields.Many2one(
        "res.partner",
        domain=[("is_company", "=", True)],
        check_company=True,
        index="btree_not_null",
        help="Delivers and bills this store; empty: the store buys from us directly.",
    )
    field_sales_channel_id = fields.Many2one(
        "field.sales.channel", "Channel", index="btree_not_null"
    )
    field_sales_region_id = fields.Many2one(
        "sales.region", "Sales Region", index="btree_not_null"
    )
    field_sales_route_id = fields.Many2one(
        "field.sales.route", "Route", check_company=True, index="btree_not_null"
    )
    # days without visits
    field_sales_closed_mon = fields.Boolean("No Visits on Monday")
    field_sales_closed_tue = fields.Boolean("No Visits on Tuesday")
    field_sales_closed_wed = fields.Boolean("No Visits on Wednesday")
    field_sales_closed_thu = fields.Boolean("No Visits on Thursday")
    field_sales_closed_fri = fields.Boolean("No Visits on Friday")
    field_sales_closed_sat = fields.Boolean("No Visits on Saturday")
    field_sales_closed_sun = fields.Boolean("No Visits on Sunday")
    # visits
    field_sales_visit_ids = fields.One2many(
        "field.sales.visit",
        "store_id",
        "Visits",
        groups="field_sales.group_field_sales_user",
    )
    field_sales_visit_count = fields.Integer(
        "Number of Visits", compute="_compute_field_sales_counts"
    )
    field_sales_order_count = fields.Integer(
        "Orders of the Store", compute="_compute_field_sales_counts"
    )
    field_sales_last_visit_date = fields.Date("Last Visit", readonly=True, copy=False)
    field_sales_due_date = fields.Date(
        "Visit Due",
        readonly=True,
        copy=False,
        help="Last day on which the next visit keeps the frequency of the rules.",
    )

    _store_user_idx = models.Index("(user_id) WHERE is_store")
    _store_due_idx = models.Index("(field_sales_due_date) WHERE is_store")

    # ---------------------------------------------------------------- computes

    @api.depends("is_store")
    def _compute_sales_grade_kind(self):
        stores = self.filtered("is_store")
        stores.sales_grade_kind = "store"
        return super(ResPartner, self - stores)._compute_sales_grade_kind()

    @api.model
    def _get_gradable_domain(self, company):
        """Stores have grades of their own kind, set by supervisors."""
        return super()._get_gradable_domain(company) & Domain("is_store", "=", False)

    def _compute_chain_store_count(self):
        counted = dict(
            self._read_group([("chain_id", "in", self.ids)], ["chain_id"], ["__count"])
        )
        for partner in self:
            partner.chain_store_count = counted.get(partner, 0)

    def _compute_field_sales_counts(self):
        visits = self._count_by_store("field.sales.visit")
        orders = self._count_by_store("sale.order")
        for partner in self:
            partner.field_sales_visit_count = visits.get(partner.id, 0)
            partner.field_sales_order_count = orders.get(partner.id, 0)

    def _count_by_store(self, model):
        """{store id: records of ``model``}, empty for who may not read them."""
        stores = self.filtered("is_store")
        if not stores or not self.env[model].has_access("read"):
            return {}
        groups = self.env[model]._read_group(
            [("store_id", "in", stores.ids)], ["store_id"], ["__count"]
        )
        return {store.id: count for store, count in groups}

    # ------------------------------------------------------------- constraints

    @api.constrains("is_store", "chain_id", "distributor_id")
    def _check_store_links(self):
        for partner in self:
            if partner in (partner.chain_id | partner.distributor_id):
                raise ValidationError(
                    self.env._(
                        "“%(store)s” cannot be its own chain or distributor.",
                        store=partner.name,
                    )
                )

    @api.constrains("is_store", "sales_grade_id")
    def _check_store_grade(self):
        for partner in self:
            kind = partner.sales_grade_id.kind
            if kind and (kind == "store") != partner.is_store:
                raise ValidationError(
                    self.env._(
                        "The grade “%(grade)s” is not meant for “%(partner)s”: stores "
                        "have store grades, customers have customer grades.",
                        grade=partner.sales_grade_id.name,
                        partner=partner.name,
                    )
                )

    @api.constrains("is_store", "partner_latitude", "partner_longitude")
    def _check_store_position(self):
        for store in self.filtered("is_store"):
            if abs(store.partner_latitude) > 90 or abs(store.partner_longitude) > 180:
                raise ValidationError(
                    self.env._(
                        "The position of “%(store)s” is not on the earth: latitude "
                        "-90 to 90, longitude -180 to 180.",
                        store=store.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if any(vals.get("is_store") for vals in vals_list):
            partners._check_store_terms({"sales_grade_id"} & set().union(*vals_list))
        return partners

    def write(self, vals):
        terms = STORE_TERMS & set(vals)
        if terms:
            self._check_store_terms(terms)
        result = super().write(vals)
        if terms:
            self.filtered("is_store")._update_field_sales_due()
        if "user_id" in vals:
            self.filtered("is_store")._hand_over_visits()
        return result

    def _hand_over_visits(self):
        """Visits follow the salesperson of their store: a record rule that joined to
        the store would read all visits to find those of one salesperson."""
        if not self:
            return
        visits = self.env["field.sales.visit"]
        self.flush_recordset(["user_id"])
        visits.flush_model(["store_id", "store_user_id"])
        self.env.execute_query(
            SQL(
                """UPDATE field_sales_visit SET store_user_id = store.user_id
                   FROM res_partner store
                   WHERE store.id = store_id AND store.id IN %s
                     AND store_user_id IS DISTINCT FROM store.user_id
                   RETURNING field_sales_visit.id""",
                tuple(self.ids),
            )
        )
        visits.invalidate_model(["store_user_id"])

    def _check_store_terms(self, terms):
        """The grade decides how often a store is visited: salespeople do not lower
        their own work.

        :raises AccessError: a store's grade is set by its supervisor
        """
        if self.env.su or not terms or not any(self.mapped("is_store")):
            return
        if not self.env.user.has_groups(
            "field_sales.group_field_sales_supervisor,"
            "sales_base.group_sales_base_manager"
        ):
            raise AccessError(
                self.env._("The grade of a store is set by a field sales supervisor.")
            )

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su and field.name in STORE_NOTES:
            return False
        return super()._has_field_access(field, operation)

    # ---------------------------------------------------------------- business

    def _get_store_position(self):
        self.ensure_one()
        return geo.position(self.partner_latitude, self.partner_longitude)

    def _get_store_closed_weekdays(self):
        """Weekdays without visits, 0 is Monday."""
        self.ensure_one()
        return frozenset(
            number
            for number, name in enumerate(WEEKDAYS)
            if self[f"field_sales_closed_{name}"]
        )

    @api.model
    def _get_planned_stores(self, users, company):
        """Stores whose visits are planned for these salespeople, in a fixed order."""
        return self.with_company(company).search_fetch(
            [
                ("is_store", "=", True),
                ("user_id", "in", users.ids),
                ("company_id", "in", [company.id, False]),
            ],
            PLANNING_FIELDS,
            order="id",
        )

    def _prepare_planning_store(self, rule, fixed):
        """What ``tools.planning`` needs to know of a store.

        :param rule: the store's ``field.sales.visit.rule``
        :param dict fixed: {store id: days that have a visit already}
        """
        self.ensure_one()
        return planning.Store(
            key=self.id,
            visits=rule.visits_per_week,
            every_other_day=rule.is_every_other_day,
            weeks=rule.weeks_between,
            last=self.field_sales_last_visit_date or None,
            closed=self._get_store_closed_weekdays(),
            position=self._get_store_position(),
            fixed=sorted(fixed.get(self.id, [])),
        )

    def _update_field_sales_due(self):
        """Note by when each store's next visit keeps its frequency."""
        due = {}
        for company, stores in self._group_stores_by_company():
            rules = self.env["field.sales.visit.rule"]._get_rules(stores, company)
            for store in stores:
                last, rule = store.field_sales_last_visit_date, rules.get(store.id)
                if last and rule:
                    days = ceil(7 * rule.weeks_between / rule.visits_per_week)
                    due[store.id] = last + timedelta(days=days)
        self._write_field_sales_days("field_sales_due_date", due)

    def _group_stores_by_company(self):
        return self.grouped(
            lambda store: (
                store.company_id or store.user_id.company_id or self.env.company
            )
        ).items()

    def _write_field_sales_days(self, fname, days):
        """Write a date of many stores in one statement: the partner's own ``write``
        synchronises addresses and contacts of each, which takes minutes for 10,000.

        :param dict days: {store id: date}; stores of ``self`` that are left out get
            none
        """
        if not self:
            return
        self.flush_recordset([fname])
        rows = SQL(", ").join(
            SQL("(%s::int, %s::date)", id_, days.get(id_)) for id_ in self.ids
        )
        self.env.execute_query(
            SQL(
                """UPDATE res_partner SET %(column)s = given.day
                   FROM (VALUES %(rows)s) AS given(id, day)
                   WHERE res_partner.id = given.id RETURNING res_partner.id""",
                column=SQL.identifier(fname),
                rows=rows,
            )
        )
        self.invalidate_recordset([fname])

    @api.model
    def get_import_templates(self):
        """F-10: stores come in by a template."""
        if not self.env.context.get("default_is_store"):
            return super().get_import_templates()
        return [
            {
                "label": self.env._("Import Template for Stores"),
                "template": "/field_sales/static/xls/stores.xlsx",
            }
        ]

    # ----------------------------------------------------------------- actions

    def action_start_visit(self):
        """Start a visit of this store now, the planned one if there is one today."""
        self.ensure_one()
        visit = self.env["field.sales.visit"]._start_at(self)
        return visit._get_form_action()

    def action_view_visits(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "field_sales.field_sales_visit_action"
        )
        action["domain"] = [("store_id", "=", self.id)]
        action["context"] = {"default_store_id": self.id}
        return action

    def action_view_store_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale.action_quotations_with_onboarding"
        )
        action["domain"] = [("store_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_view_chain_stores(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "field_sales.res_partner_action_store"
        )
        action["domain"] = [("chain_id", "=", self.id)]
        action["context"] = {"default_is_store": True, "default_chain_id": self.id}
        return action
