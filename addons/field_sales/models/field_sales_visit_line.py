from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_base.tools.sheet import Column

from ..tools.suggestion import suggest

SHELF_LEVELS = [
    ("top", "Top"),
    ("eye", "Eye Level"),
    ("hand", "Hand Level"),
    ("foot", "Bottom"),
    ("end", "Shelf End"),
    ("pile", "Floor Pile"),
]
PROMOTION_KINDS = [
    ("none", "None"),
    ("price", "Special Price"),
    ("gift", "Gift"),
    ("bundle", "Bundle"),
    ("tasting", "Tasting"),
    ("other", "Other"),
]
#: entered at the shelf
ENTRY_FIELDS = (
    "price_tag",
    "stock_shelf",
    "stock_back",
    "date_production",
    "shelf_level",
    "facings",
    "promotion_kind",
    "date_promotion_start",
    "date_promotion_end",
    "order_quantity",
)
#: what "unchanged" takes over; the order is decided anew each time
TAKEN_OVER = tuple(name for name in ENTRY_FIELDS if name != "order_quantity")
#: what a product that is out of stock cannot tell
NOT_WITHOUT_STOCK = frozenset({"date_production", "shelf_level", "facings"})


class FieldSalesVisitLine(models.Model):
    """What a visit found of one SKU (FS-09), last visit's figures beside it, and the
    suggested order (FS-12).

    A zero that was counted is not a gap: ``entered`` names the fields that somebody
    filled, and only those count.
    """

    _name = "field.sales.visit.line"
    _description = "Product Seen at a Visit"
    _inherit = ["sales.document.line.mixin", "sales.sheet.mixin"]
    _order = "visit_id desc, sequence, id"
    _document_field = "visit_id"
    _closed_fields = frozenset(
        {"last_line_id", "facts", "target_facings", "is_promoted", "list_price"}
    )

    visit_id = fields.Many2one(
        "field.sales.visit", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=99)
    product_id = fields.Many2one("product.product", required=True, index=True)
    spec = fields.Char(related="product_id.field_sales_spec", string="Spec")
    uom_id = fields.Many2one(related="product_id.uom_id")
    company_id = fields.Many2one(related="visit_id.company_id")
    currency_id = fields.Many2one(related="visit_id.company_id.currency_id")
    store_id = fields.Many2one(related="visit_id.store_id", string="Store")
    date_planned = fields.Date(related="visit_id.date_planned", string="Day")
    is_promoted = fields.Boolean("Recommended")
    target_facings = fields.Integer()
    list_price = fields.Monetary("Agreed Price")
    # entered
    price_tag = fields.Monetary("Price on Tag", aggregator="avg")
    stock_shelf = fields.Float("Stock on Shelf", digits="Product Unit")
    stock_back = fields.Float("Stock Behind", digits="Product Unit")
    date_production = fields.Date("Production Date")
    shelf_level = fields.Selection(SHELF_LEVELS)
    facings = fields.Integer()
    promotion_kind = fields.Selection(PROMOTION_KINDS, "Promotion")
    date_promotion_start = fields.Date("Promotion From")
    date_promotion_end = fields.Date("Promotion To")
    order_quantity = fields.Float("Order Now", digits="Product Unit")
    entered = fields.Char(help="Names of the fields that were filled.")
    is_complete = fields.Boolean(
        "Seen", compute="_compute_is_complete", store=True, precompute=True
    )
    # worked out
    stock_total = fields.Float(
        "Stock",
        compute="_compute_stock",
        store=True,
        precompute=True,
        digits="Product Unit",
    )
    is_out_of_stock = fields.Boolean(
        "Out of Stock", compute="_compute_stock", store=True, precompute=True
    )
    facts = fields.Json(help="What the suggestion is worked out from.")
    suggested_quantity = fields.Float(
        "Suggested Order",
        compute="_compute_suggested_quantity",
        store=True,
        precompute=True,
        digits="Product Unit",
    )
    suggestion_text = fields.Char("Why", compute="_compute_suggestion_text")
    # last visit
    last_line_id = fields.Many2one(
        "field.sales.visit.line", "Last Visit", index="btree_not_null"
    )
    last_entered = fields.Char(
        related="last_line_id.entered", string="Entered at the Last Visit"
    )
    last_price_tag = fields.Monetary(
        related="last_line_id.price_tag", string="Last Price"
    )
    last_stock_shelf = fields.Float(
        related="last_line_id.stock_shelf", string="Last Stock on Shelf"
    )
    last_stock_back = fields.Float(
        related="last_line_id.stock_back", string="Last Stock Behind"
    )
    last_date_production = fields.Date(
        related="last_line_id.date_production", string="Last Production Date"
    )
    last_shelf_level = fields.Selection(
        related="last_line_id.shelf_level", string="Last Shelf Level"
    )
    last_facings = fields.Integer(related="last_line_id.facings", string="Last Facings")
    last_promotion_kind = fields.Selection(
        related="last_line_id.promotion_kind", string="Last Promotion"
    )
    last_date_promotion_start = fields.Date(
        related="last_line_id.date_promotion_start", string="Last Promotion From"
    )
    last_date_promotion_end = fields.Date(
        related="last_line_id.date_promotion_end", string="Last Promotion To"
    )
    last_order_quantity = fields.Float(
        related="last_line_id.order_quantity", string="Last Order"
    )

    _product_uniq = models.Constraint(
        "UNIQUE(visit_id, product_id)", "A visit has one line per product."
    )
    _out_idx = models.Index("(product_id) WHERE is_out_of_stock")

    # ---------------------------------------------------------------- computes

    @api.depends("product_id", "visit_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.visit_id.name} {line.product_id.display_name}"

    @api.depends("stock_shelf", "stock_back", "entered")
    def _compute_stock(self):
        for line in self:
            line.stock_total = line.stock_shelf + line.stock_back
            line.is_out_of_stock = (
                not line.stock_total and "stock_shelf" in line._get_entered()
            )

    @api.depends("entered")
    def _compute_is_complete(self):
        """Whether stock and price were entered: what the board counts as seen."""
        for line in self:
            line.is_complete = {"stock_shelf", "price_tag"} <= line._get_entered()

    @api.depends("stock_shelf", "stock_back", "entered", "facts")
    def _compute_suggested_quantity(self):
        for line in self:
            result = line._get_suggestion()
            line.suggested_quantity = result["quantity"] if result else 0

    @api.depends("suggested_quantity", "facts")
    @api.depends_context("lang")
    def _compute_suggestion_text(self):
        for line in self:
            result = line._get_suggestion()
            line.suggestion_text = result and line._word_suggestion(result)

    def _get_suggestion(self):
        """The suggestion with every figure on the way, or None before the stock is
        counted; see ``tools.suggestion``."""
        self.ensure_one()
        if not self.facts or "stock_shelf" not in self._get_entered():
            return None
        return suggest({**self.facts, "stock": self.stock_shelf + self.stock_back})

    def _word_suggestion(self, result):
        """The arithmetic as a sentence, made from the stored facts."""
        _, words = self.env._, {}
        raw = (result["sold"] or 0) * result["factor"] - result["stock"]
        for name, value in {**result, "raw": raw}.items():
            words[name] = f"{value or 0:.2f}".rstrip("0").rstrip(".")
        if result["sold"] is None:
            parts = [_("first count: no sales known yet")]
        else:
            parts = [
                _(
                    "(%(last_stock)s + %(last_order)s − %(stock)s) × %(factor)s − "
                    "%(stock)s = %(raw)s",
                    last_stock=words["last_stock"],
                    last_order=words["last_order"],
                    stock=words["stock"],
                    factor=words["factor"],
                    raw=words["raw"],
                )
            ]
            if not result["wanted"]:
                parts.append(_("not below 0"))
        if result["raised"] > result["wanted"]:
            parts.append(
                _(
                    "raised to the safety stock of %(safety)s: %(raised)s",
                    safety=words["safety"],
                    raised=words["raised"],
                )
            )
        if result["rounded"] != result["raised"]:
            parts.append(
                _(
                    "up to cases of %(case)s: %(rounded)s",
                    case=words["case"],
                    rounded=words["rounded"],
                )
            )
        if result["limit"] is not None and result["limit"] < result["rounded"]:
            parts.append(
                _(
                    "at most %(limit)s sell within the shelf life of %(days)s days",
                    limit=words["limit"],
                    days=words["shelf_life"],
                )
            )
        return "; ".join(parts)

    # ------------------------------------------------------------- constraints

    @api.constrains(
        "price_tag", "stock_shelf", "stock_back", "facings", "order_quantity"
    )
    def _check_not_negative(self):
        for line in self:
            figures = (
                line.price_tag,
                line.stock_shelf,
                line.stock_back,
                line.facings,
                line.order_quantity,
            )
            if min(figures) < 0:
                raise ValidationError(
                    self.env._(
                        "%(product)s: price, counts, facings and order cannot be "
                        "negative.",
                        product=line.product_id.display_name,
                    )
                )

    @api.constrains("date_production", "date_promotion_start", "date_promotion_end")
    def _check_dates(self):
        for line in self:
            today = line.company_id._get_sales_today()
            if line.date_production and line.date_production > today:
                raise ValidationError(
                    self.env._(
                        "%(product)s: the production date lies in the future.",
                        product=line.product_id.display_name,
                    )
                )
            start, end = line.date_promotion_start, line.date_promotion_end
            if start and end and start > end:
                raise ValidationError(
                    self.env._(
                        "%(product)s: the promotion ends before it begins.",
                        product=line.product_id.display_name,
                    )
                )

    # ----------------------------------------------------------- ORM overrides

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._note_entered(vals, vals.get("entered"))
        lines = super().create(vals_list)
        if not self.env.su:
            lines._check_visitor()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_visitor()
        if {*ENTRY_FIELDS, "entered"} & set(vals):
            for known, lines in self.grouped("entered").items():
                values = dict(vals)
                lines._note_entered(
                    values, ",".join(filter(None, (known, vals.get("entered"))))
                )
                super(FieldSalesVisitLine, lines).write(values)
        else:
            super().write(vals)
        if not self.env.su and "visit_id" in vals:
            self._check_visitor()
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_visitor(self):
        if not self.env.su:
            self._check_visitor()

    @api.model
    def _note_entered(self, vals, known):
        """Whatever is given counts as entered, a zero too; an emptied text or date does
        not."""
        names = set((known or "").split(",")) & set(ENTRY_FIELDS)
        for name in ENTRY_FIELDS:
            if name not in vals:
                continue
            is_number = self._fields[name].type in ("float", "integer", "monetary")
            if vals[name] or (is_number and vals[name] is not False):
                names.add(name)
            else:
                names.discard(name)
        if names or known or "entered" in vals:
            vals["entered"] = ",".join(sorted(names)) or False

    def _check_visitor(self):
        self.visit_id._check_facts_open({"line_ids"})

    def _get_entered(self):
        return set((self.entered or "").split(",")) - {""}

    def _get_missing(self, required):
        """Fields of ``required`` that nobody filled and that can be told."""
        entered = self._get_entered()
        skip = NOT_WITHOUT_STOCK if self.is_out_of_stock else frozenset()
        return [name for name in required if name not in entered and name not in skip]

    # ----------------------------------------------------------------- actions

    def _take_over(self):
        """Last visit's figures where nothing was entered yet."""
        last_sudo = self.last_line_id.sudo()  # sudo: figures of the same store
        known = last_sudo._get_entered() - self._get_entered()
        values = {name: last_sudo[name] for name in TAKEN_OVER if name in known}
        if values:
            self.write(values)

    # ------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Products Seen at Visits")

    @api.model
    def _get_sheet_columns(self):
        money = "visit_id.company_id.currency_id"
        return [
            Column("visit_id.date_planned"),
            Column("visit_id.store_id"),
            Column("visit_id.user_id"),
            Column("visit_id.name", label=self.env._("Visit")),
            Column("product_id.default_code"),
            Column("product_id.product_tmpl_id.name", label=self.env._("Product")),
            Column("product_id.product_tmpl_id.field_sales_spec"),
            Column("price_tag", currency=money),
            Column("stock_shelf", total=True),
            Column("stock_back", total=True),
            Column("date_production"),
            Column("shelf_level"),
            Column("facings", total=True),
            Column("target_facings", total=True),
            Column("promotion_kind"),
            Column("date_promotion_start"),
            Column("date_promotion_end"),
            Column("suggested_quantity", total=True),
            Column("order_quantity", total=True),
        ]
