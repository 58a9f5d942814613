"""Models that exist for the tests of the mixins only."""

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

_lt = LazyTranslate(__name__)

GROUP_USER = "sales_base.group_sales_base_user"
GROUP_MANAGER = "sales_base.group_sales_base_manager"


def register(case):
    """Register the models for the test class ``case`` and give its personas access."""
    from odoo.orm.model_classes import add_to_registry  # noqa: PLC0415

    registry, cr = case.registry, case.env.cr
    for name in ("sales.reason", "sales.run"):
        model = registry[name]
        case.addClassCleanup(setattr, model, "_base_classes__", model._base_classes__)
    names = []
    for definition in _definitions():
        add_to_registry(registry, definition)
        names.append(definition._name)
    own = [name for name in names if name.startswith("sales.test.")]
    case.addClassCleanup(_unregister, registry, cr, own)
    registry._setup_models__(cr, names)
    registry.init_models(cr, names, {"models_to_check": True})
    case.env["ir.model.access"].create(
        [
            {
                "name": name,
                "model_id": case.env["ir.model"]._get(name).id,
                "group_id": case.env.ref(GROUP_USER).id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
            for name in own
            if not registry[name]._abstract
        ]
    )
    case.env["ir.sequence"].create(
        {
            "name": "Test",
            "code": "sales.test.document",
            "prefix": "T",
            "padding": 4,
            "company_id": False,
        }
    )


def _unregister(registry, cr, names):
    for name in names:
        for parent in registry[name]._inherit_module:
            registry[parent]._inherit_children.discard(name)
        del registry[name]
    registry._setup_models__(cr)


def _definitions():
    class Reason(models.Model):
        _name = "sales.reason"
        _inherit = "sales.reason"
        _module = None

        usage = fields.Selection(
            selection_add=[("test_cancel", "Test"), ("test_other", "Other")],
            ondelete={"test_cancel": "cascade", "test_other": "cascade"},
        )

    class Run(models.Model):
        _name = "sales.run"
        _inherit = "sales.run"
        _module = None

        kind = fields.Selection(
            selection_add=[("test", "Test")], ondelete={"test": "cascade"}
        )

        def _get_batch_size(self):
            return 3 if self.kind == "test" else super()._get_batch_size()

        def _get_pending_test(self, limit):
            domain = [
                ("subject", "=like", self.parameters["like"]),
                ("id", ">", self.position),
            ]
            return self.env["sales.test.document"].search(
                domain, order="id", limit=limit
            )

        def _do_test(self, records):
            refused = records.filtered(lambda record: record.state != "draft")
            (records - refused)._write_guarded({"state": "submitted"})
            return self._skip(refused, "not a draft")

    class Document(models.Model):
        _name = "sales.test.document"
        _inherit = [
            "sales.document.mixin",
            "sales.sheet.mixin",
            "sales.snapshot.source.mixin",
            "sales.board.source.mixin",
        ]
        _description = "Test Document"
        _module = None

        _steps = {
            "submit": Step({"draft", "returned"}, "submitted"),
            "approve": Step({"submitted"}, "approved", GROUP_MANAGER),
            "cancel": Step(
                {"draft", "submitted"}, "cancelled", reason_usage="test_cancel"
            ),
        }
        _closed_fields = frozenset({"decided_amount"})
        _frozen_states = frozenset({"approved", "cancelled"})
        _open_when_frozen = frozenset({"internal_note"})

        subject = fields.Char(tracking=True)
        state = fields.Selection(
            [
                ("draft", "Draft"),
                ("submitted", "Submitted"),
                ("returned", "Returned"),
                ("approved", "Approved"),
                ("cancelled", "Cancelled"),
            ],
            default="draft",
            required=True,
            tracking=True,
        )
        user_id = fields.Many2one("res.users", tracking=True)
        partner_id = fields.Many2one("res.partner")
        currency_id = fields.Many2one("res.currency")
        decided_amount = fields.Monetary(default=0.0)
        amount = fields.Monetary()
        quantity = fields.Integer()
        share = fields.Float()
        date_due = fields.Date()
        done_at = fields.Datetime()
        is_urgent = fields.Boolean()
        secret = fields.Char(groups=GROUP_MANAGER, copy=False)
        internal_note = fields.Char()
        line_ids = fields.One2many("sales.test.line", "document_id")
        can_submit = fields.Boolean(compute="_compute_can")
        can_approve = fields.Boolean(compute="_compute_can")

        @api.depends("state")
        @api.depends_context("uid")
        def _compute_can(self):
            return super()._compute_can()

        def action_submit(self):
            self._check_can("submit")
            self._take_step("submit")

        def action_approve(self):
            self._check_can("approve")
            self._take_step("approve", decided_amount=7)

        def action_cancel(self):
            return self._ask_reason("cancel")

        def _do_cancel(self, reason, note):
            self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

        @api.model
        def _get_sheet_columns(self):
            return [
                Column("name"),
                Column("subject"),
                Column("partner_id"),
                Column("partner_id.country_id"),
                Column("state"),
                Column("date_due"),
                Column("done_at"),
                Column("quantity", total=True),
                Column("share", kind="percent"),
                Column("amount", total=True),
                Column("is_urgent"),
                Column("secret"),
                Column("length", label="Length", kind="integer", getter="_get_lengths"),
            ]

        def _get_lengths(self):
            return {record.id: len(record.subject or "") for record in self}

        @api.model
        def _get_snapshot_spec(self):
            return {
                "fields": ["subject", "partner_id", "date_due", "state", "amount"],
                "lines": {"line_ids": ["label", "quantity"]},
            }

    class Line(models.Model):
        _name = "sales.test.line"
        _inherit = ["sales.document.line.mixin"]
        _description = "Test Line"
        _rec_name = "label"
        _module = None

        _document_field = "document_id"
        _closed_fields = frozenset({"decision"})
        _open_when_frozen = frozenset({"note"})

        document_id = fields.Many2one("sales.test.document", required=True)
        label = fields.Char()
        quantity = fields.Float()
        decision = fields.Char(default="open")
        note = fields.Char()

    class Photo(models.Model):
        _name = "sales.test.photo"
        _inherit = ["sales.photo.mixin"]
        _description = "Test Photo"
        _module = None

        _document_field = "document_id"

        document_id = fields.Many2one("sales.test.document", required=True)

    class Snapshot(models.Model):
        _name = "sales.test.snapshot"
        _inherit = ["sales.snapshot.mixin"]
        _description = "Test Snapshot"
        _module = None

        _document_field = "document_id"

        document_id = fields.Many2one("sales.test.document", required=True)

    class Rule(models.Model):
        _name = "sales.test.rule"
        _inherit = ["sales.rule.mixin"]
        _description = "Test Rule"
        _module = None

        key = fields.Char(required=True)

    class Finding(models.Model):
        _name = "sales.test.finding"
        _inherit = ["sales.finding.mixin"]
        _description = "Test Finding"
        _module = None

        @api.model
        def _get_sentences(self):
            return {
                ("age", "fail"): _lt("Sold on %(sold_date)s for %(price_amount)s."),
                ("age", "pass"): _lt("%(days)s days, %(rate_percent)s %%."),
            }

    class Board(models.AbstractModel):
        _name = "sales.test.board"
        _inherit = ["sales.board"]
        _description = "Test Board"
        _module = None

        @api.model
        def _get_lanes(self):
            lane = {
                "title": "Drafts",
                "model": "sales.test.document",
                "domain": [("state", "=", "draft")],
                "order": "id",
                "fields": ["name", "subject"],
                "row": lambda record: {"title": record.name, "reason": record.subject},
                "owner": "user_id",
            }
            return [
                {"key": "drafts", **lane},
                {"key": "hidden", "groups": GROUP_MANAGER, **lane},
            ]

        @api.model
        def _has_team(self):
            return self.env.user.has_group(GROUP_MANAGER)

    return [
        Reason,
        Run,
        Document,
        Line,
        Photo,
        Snapshot,
        Rule,
        Finding,
        Board,
    ]
