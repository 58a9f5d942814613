# pylint: disable=consider-merging-classes-inherited
# What is written down in the store is a topic of its own.
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column

from .res_company import REQUIRED_LINE_FIELDS, REQUIRED_VISIT_FIELDS

#: facts that only the visitor enters, while he is there
FACT_FIELDS = frozenset(
    {
        "competitor_note",
        "promoter_note",
        "store_opinion",
        "proposal",
        "signature",
        "signed_by",
        "line_ids",
    }
)
#: gaps that the message names; the rest is counted
GAPS_NAMED = 10


class FieldSalesVisit(models.Model):
    """客户拜访表 (FS-09): the counts per SKU with last visit's figures beside them, and
    what was seen and said. Which facts every visit must hold is the company's setting.
    """

    _inherit = "field.sales.visit"

    line_ids = fields.One2many("field.sales.visit.line", "visit_id", "Products")
    previous_visit_id = fields.Many2one(
        "field.sales.visit", "Visit Before", copy=False, index="btree_not_null"
    )
    competitor_note = fields.Text("Competitors")
    promoter_note = fields.Text("Promoter")
    store_opinion = fields.Text("Store's Opinion")
    proposal = fields.Text("Own Proposal")
    signature = fields.Binary(copy=False, attachment=True)
    signed_by = fields.Char(copy=False)
    out_of_stock_count = fields.Integer(
        "Out of Stock", compute="_compute_out_of_stock_count"
    )
    required_facts = fields.Char(compute="_compute_required_facts")

    def _compute_out_of_stock_count(self):
        counted = dict(
            self.env["field.sales.visit.line"]._read_group(
                [("visit_id", "in", self.ids), ("is_out_of_stock", "=", True)],
                ["visit_id"],
                ["__count"],
            )
        )
        for visit in self:
            visit.out_of_stock_count = counted.get(visit, 0)

    @api.depends("company_id")
    def _compute_required_facts(self):
        for visit in self:
            visit.required_facts = ",".join(
                visit.company_id._get_field_sales_required(REQUIRED_LINE_FIELDS)
                + visit.company_id._get_field_sales_required(REQUIRED_VISIT_FIELDS)
            )

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        if not self.env.su:
            given = {name for vals in vals_list for name in vals if vals[name]}
            visits._check_facts_open(given)
        return visits

    def write(self, vals):
        if not self.env.su:
            self._check_facts_open(vals)
        return super().write(vals)

    def _check_facts_open(self, names):
        """Facts are entered in the store, by who is there.

        :param names: iterable of the field names that change
        """
        if not FACT_FIELDS & set(names):
            return
        for visit in self:
            if not visit._is_visitor():
                raise AccessError(
                    self.env._(
                        "Only %(user)s enters the facts of %(visit)s.",
                        user=visit.user_id.name,
                        visit=visit.display_name,
                    )
                )
            if visit.state == "planned":
                raise UserError(
                    self.env._(
                        "Begin the visit first: %(visit)s.", visit=visit.display_name
                    )
                )

    # --------------------------------------------------------------- beginning

    def _prepare_facts(self):
        """Lay out the lines of visits that begin: the SKUs the store must list, with
        last visit's figures linked and what the suggestion needs."""
        previous = self._get_previous_visits()
        # sudo: figures of the whole store
        lines_sudo = self.env["field.sales.visit.line"].sudo()
        by_visit = {}
        for line in lines_sudo.search(
            [("visit_id", "in", [visit.id for visit in previous.values()])]
        ):
            by_visit.setdefault(line.visit_id.id, {})[line.product_id.id] = line
        vals_list = []
        for company, visits in self.grouped("company_id").items():
            stores = visits.store_id
            listed = self.env["field.sales.assortment"]._get_listed(stores, company)
            for visit in visits:
                before = previous.get(visit.store_id.id)
                last_lines = by_visit.get(before.id, {}) if before else {}
                vals_list += visit._prepare_lines(
                    listed[visit.store_id.id], before, last_lines
                )
        for visit in self.filtered(lambda visit: visit.store_id.id in previous):
            visit._write_guarded({"previous_visit_id": previous[visit.store_id.id].id})
        lines_sudo.create(vals_list)
        self.invalidate_recordset(["line_ids"])

    def _get_previous_visits(self):
        """Last finished visit of each store: {store id: visit in sudo}."""
        self.env["field.sales.visit"].flush_model(["store_id", "state", "ended_at"])
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (store_id) store_id, id
                   FROM field_sales_visit
                   WHERE state = 'done' AND store_id IN %s AND company_id IN %s
                   ORDER BY store_id, ended_at DESC, id DESC""",
                tuple(self.store_id.ids),
                tuple(self.company_id.ids),
            )
        )
        # sudo: last figures belong to the store, whoever counted them
        visits_sudo = self.sudo().browse([id_ for _store, id_ in rows])
        return {visit.store_id.id: visit for visit in visits_sudo}

    def _prepare_lines(self, assortment, before, last_lines):
        """Values of the lines of one visit.

        :param assortment: ``field.sales.assortment`` lines of the store
        :param before: the visit before, or None
        :param dict last_lines: {product id: line of the visit before}
        """
        self.ensure_one()
        company = self.company_id
        today = company._get_sales_day(self.started_at)
        days = (today - company._get_sales_day(before.ended_at)).days if before else 0
        vals_list = []
        for number, listed in enumerate(assortment, 1):
            product = listed.product_id
            last = last_lines.get(product.id)
            case = product.product_tmpl_id._get_field_sales_case_quantity()
            vals_list.append(
                {
                    "visit_id": self.id,
                    "product_id": product.id,
                    "sequence": number,
                    "target_facings": listed.target_facings,
                    "is_promoted": listed.is_promoted,
                    "list_price": listed.price,
                    "last_line_id": last.id if last else False,
                    "facts": {
                        "last_stock": last.stock_total if last else None,
                        "last_order": last.order_quantity if last else 0,
                        "days": days,
                        "factor": company.field_sales_order_factor,
                        "case": case,
                        "safety": listed.safety_stock,
                        "shelf_life": product.shelf_life_days,
                    },
                }
            )
        return vals_list

    # --------------------------------------------------------------- finishing

    def _check_complete(self):
        """Every fact the company asks for is there (FS-09).

        :raises UserError: naming the products and the facts that are missing
        """
        for visit in self:
            gaps = visit._get_gaps()
            if gaps:
                shown = gaps[:GAPS_NAMED]
                if len(gaps) > GAPS_NAMED:
                    more = len(gaps) - GAPS_NAMED
                    shown.append(self.env._("… and %(count)s more", count=more))
                raise UserError(
                    self.env._(
                        "%(visit)s is not complete:\n%(gaps)s",
                        visit=visit.display_name,
                        gaps="\n".join(shown),
                    )
                )

    def _get_gaps(self):
        """What is missing, in words; a product that is out of stock has neither
        production date nor level nor facings to tell."""
        self.ensure_one()
        required = self.company_id._get_field_sales_required(REQUIRED_LINE_FIELDS)
        gaps = []
        for line in self.line_ids:
            missing = [
                line._fields[name]._description_string(self.env)
                for name in line._get_missing(required)
            ]
            if missing:
                gaps.append(f"{line.product_id.display_name}: {', '.join(missing)}")
        gaps += [
            self._fields[name]._description_string(self.env)
            for name in self.company_id._get_field_sales_required(REQUIRED_VISIT_FIELDS)
            if not self[name]
        ]
        return gaps

    def action_view_previous(self):
        self.ensure_one()
        return self.previous_visit_id._get_form_action()

    def action_take_over(self):
        """Take over last visit's figures wherever nothing has been entered yet."""
        self._check_facts_open({"line_ids"})
        self._check_not_frozen({"line_ids": True})
        for line in self.line_ids.filtered("last_line_id"):
            line._take_over()

    # ------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Store Visits")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("date_planned"),
            Column("user_id"),
            Column("store_id"),
            Column("chain_id"),
            Column("grade_id"),
            Column("region_id"),
            Column("state"),
            Column("is_unplanned"),
            Column("is_changed"),
            Column("started_at"),
            Column("ended_at"),
            Column("duration_minutes", total=True),
            Column("distance"),
            Column("cancel_reason_id", label=self.env._("Reason")),
            Column("store_opinion"),
            Column("proposal"),
        ]
