from datetime import timedelta

from odoo.addons.sales_base.tests.common import SalesCommon
from odoo.addons.sales_base.tools.period import week_of

USER = "field_sales.group_field_sales_user"
SUPERVISOR = "field_sales.group_field_sales_supervisor"
MANAGER = "field_sales.group_field_sales_manager"
KEY_ACCOUNT = "field_sales.group_field_sales_key_account"


class FieldSalesCommon(SalesCommon):
    """Personas and factories of field sales.

    ===========  ====================================================================
    rep          salesperson of key store and regular store, in the supervisor's team
    colleague    another salesperson, not led by the supervisor
    supervisor   leads the rep's team
    field_boss   manager of field sales
    ka           key account manager of the chain
    ===========  ====================================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep = cls._create_persona("t_rep", USER)
        cls.colleague = cls._create_persona("t_colleague", USER)
        cls.supervisor = cls._create_persona("t_supervisor", SUPERVISOR)
        cls.field_boss = cls._create_persona("t_field_boss", MANAGER)
        cls.ka = cls._create_persona("t_ka", KEY_ACCOUNT)
        cls.team = cls.env["crm.team"].create(
            {
                "name": "Field Team",
                "user_id": cls.supervisor.id,
                "company_id": cls.company.id,
                "member_ids": [(6, 0, cls.rep.ids)],
            }
        )
        cls.grade_key = cls.env.ref("field_sales.sales_grade_key")
        cls.grade_regular = cls.env.ref("field_sales.sales_grade_regular")
        cls.today = cls.company._get_sales_today()
        cls.monday = week_of(cls.today).first
        cls.next_monday = cls.monday + timedelta(days=7)
        cls.chain = cls.env["res.partner"].create(
            {"name": "Test Chain", "is_company": True, "user_id": cls.ka.id}
        )
        cls.key_store = cls._create_store(
            "Key Store", grade=cls.grade_key, chain_id=cls.chain.id
        )
        cls.store = cls._create_store("Regular Store")
        # Rules and assortments of the database, demo ones too, are out of the way.
        cls.env["field.sales.assortment"].search([]).active = False
        cls.product = cls._create_product("Test Crisps")
        cls.listed = cls._create_listed(cls.product)
        cls._require()

    @classmethod
    def _create_store(cls, name, grade=None, user=None, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_store": True,
                "user_id": (user or cls.rep).id,
                "sales_grade_id": (grade or cls.grade_regular).id,
                **values,
            }
        )

    @classmethod
    def _create_product(cls, name, case=12, **values):
        case_uom = cls.env["uom.uom"].create(
            {
                "name": f"Case of {case} {name}",
                "relative_factor": case,
                "relative_uom_id": cls.env.ref("uom.product_uom_unit").id,
            }
        )
        return cls.env["product.product"].create(
            {
                "name": name,
                "list_price": 5,
                "uom_ids": [(6, 0, case_uom.ids)],
                **values,
            }
        )

    @classmethod
    def _create_listed(cls, product, **values):
        return cls.env["field.sales.assortment"].create(
            {
                "product_id": product.id,
                "target_facings": 2,
                "safety_stock": 10,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _require(cls, *names):
        """Ask for these facts only, such as ``price`` or ``signature``."""
        for fname in cls.company._fields:
            if fname.startswith("field_sales_require_"):
                cls.company[fname] = fname.removeprefix("field_sales_require_") in names

    @classmethod
    def _create_visit(cls, store=None, user=None, **values):
        store = store or cls.store
        return cls.env["field.sales.visit"].create(
            {
                "store_id": store.id,
                "user_id": (user or cls.rep).id,
                "company_id": cls.company.id,
                "date_planned": cls.today,
                **values,
            }
        )

    @classmethod
    def _create_plan(cls, user=None, monday=None, **values):
        return cls.env["field.sales.plan"].create(
            {
                "user_id": (user or cls.rep).id,
                "company_id": cls.company.id,
                "date_start": monday or cls.next_monday,
                **values,
            }
        )

    def _as(self, user, records):
        return records.with_user(user)

    @classmethod
    def _bring_to(cls, visit, state):
        """A visit in ``state``, by the superuser's hand."""
        if state == "planned":
            return visit
        if state in ("in_progress", "done"):
            visit.action_start()
            if state == "done":
                visit.action_done()
        elif state == "skipped":
            visit._do_skip(cls._reason("visit_skip"), False)
        else:
            visit._do_cancel(cls._reason("visit_cancel"), False)
        return visit

    @classmethod
    def _reason(cls, usage):
        return cls.env["sales.reason"].search(
            [("usage", "=", usage), ("is_note_required", "=", False)], limit=1
        )
