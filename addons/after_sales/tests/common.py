import base64
import io
from datetime import date, datetime, timedelta

from PIL import Image

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.sales_base.tests.common import SalesCommon


def png(color="red", size=(8, 8)):
    """A small picture; another colour makes another hash."""
    stream = io.BytesIO()
    Image.new("RGB", size, color).save(stream, "PNG")
    return stream.getvalue()


class AfterSalesCommon(SalesCommon):
    """The world of the after-sales tests.

    =============  ===========================================================
    attribute      who or what
    =============  ===========================================================
    auditor        decides claims
    clerk          settles
    quality        keeps catalogues of faults and times
    chief          manager of after-sales
    station        S1 in the north, authority 1,000, 100 an hour
    mechanic       portal, station S1, role claims
    owner          portal, station S1, role all
    station_2      S2; rival: its portal user, role all
    unit           truck sold on day - 100 days, covered 12 months / 50,000 km
    =============  ===========================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "after_sales.group_after_sales_"
        cls.auditor = cls._create_persona("t_auditor", group + "auditor")
        cls.clerk = cls._create_persona("t_clerk", group + "clerk")
        cls.quality = cls._create_persona("t_quality", group + "quality")
        cls.chief = cls._create_persona("t_chief", group + "manager")
        cls.entry = cls._create_persona("t_entry", group + "user")
        cls.today = cls.company._get_sales_today()
        cls.company.write(
            {
                "after_sales_review_days": 5,
                "after_sales_resubmit_days": 7,
                "after_sales_manager_amount": 0,
                "after_sales_confirm_required": True,
                "after_sales_bill_draft": False,
            }
        )
        cls._set_up_network()
        cls._set_up_catalogue()
        cls.unit = cls._create_unit("T-0001")
        cls.signature = base64.b64encode(png("black", (60, 30))).decode()

    @classmethod
    def _set_up_network(cls):
        partners = cls.env["res.partner"]
        cls.garage, cls.garage_2 = partners.create(
            [
                {"name": "Garage North", "is_company": True},
                {"name": "Garage South", "is_company": True},
            ]
        )
        cls.station, cls.station_2 = cls.env["after.sales.station"].create(
            [
                {
                    "code": code,
                    "partner_id": garage.id,
                    "labor_rate": 100,
                    "authority_amount": 1000,
                }
                for code, garage in (("TS1", cls.garage), ("TS2", cls.garage_2))
            ]
        )
        cls.mechanic = cls._create_contact("t_mechanic", cls.garage, "claims")
        cls.owner = cls._create_contact("t_owner", cls.garage, "all")
        cls.rival = cls._create_contact("t_rival", cls.garage_2, "all")
        cls.nobody = cls._create_contact("t_nobody", cls.garage, False)

    @classmethod
    def _create_contact(cls, login, garage, role):
        contact = cls.env["res.partner"].create(
            {
                "name": login,
                "parent_id": garage.id,
                "email": f"{login}@example.com",
                "after_sales_portal_role": role,
            }
        )
        return new_test_user(
            cls.env,
            login,
            groups="base.group_portal",
            context={"no_reset_password": True, "tracking_disable": True},
            partner_id=contact.id,
        )

    @classmethod
    def _set_up_catalogue(cls):
        cls.categ = cls.env["product.category"].create({"name": "Trucks"})
        cls.truck, cls.pump, cls.filter = cls.env["product.product"].create(
            [
                {
                    "name": "Light Truck T1",
                    "is_storable": True,
                    "tracking": "serial",
                    "categ_id": cls.categ.id,
                    "usage_unit": "km",
                },
                {
                    "name": "Water Pump",
                    "is_spare_part": True,
                    "standard_price": 200,
                },
                {"name": "Oil Filter", "is_spare_part": True, "standard_price": 20},
            ]
        )
        cls.coverage = cls.env["after.sales.coverage"].create(
            {
                "name": "Truck 12 months",
                "categ_id": cls.categ.id,
                "months": 12,
                "usage_limit": 50000,
            }
        )
        cls.fault = cls.env["after.sales.fault"].create(
            {"code": "T-E01", "name": "Coolant leak"}
        )
        cls.labor = cls.env["after.sales.labor"].create(
            {"code": "T-L01", "name": "Replace water pump", "standard_hours": 2}
        )
        cls.cut_reason = cls.env.ref("after_sales.reason_cut_1")
        cls.return_reason = cls.env.ref("after_sales.reason_return_1")
        cls.reject_reason = cls.env.ref("after_sales.reason_reject_1")
        cls.cancel_reason = cls.env.ref("after_sales.reason_cancel_1")

    @classmethod
    def _create_unit(cls, name, **values):
        values = {
            "name": name,
            "product_id": cls.truck.id,
            "company_id": cls.company.id,
            "date_sold": cls.today - timedelta(days=100),
            "sold_station_id": cls.station.id,
            **values,
        }
        return cls.env["stock.lot"].create(values)

    @classmethod
    def _prepare_claim(cls, **values):
        """Values of a claim in which no rule finds anything but missing photos."""
        return {
            "station_id": cls.station.id,
            "lot_id": cls.unit.id,
            "date_repair": cls.today - timedelta(days=2),
            "usage": 12000,
            "fault_id": cls.fault.id,
            "line_ids": [
                Command.create(
                    {
                        "line_type": "part",
                        "product_id": cls.pump.id,
                        "quantity": 1,
                        "price_unit": 200,
                    }
                ),
                Command.create(
                    {
                        "line_type": "labor",
                        "labor_id": cls.labor.id,
                        "quantity": 2,
                        "price_unit": 100,
                    }
                ),
            ],
            **values,
        }

    @classmethod
    def _create_claim(cls, photos=True, **values):
        claim = cls.env["after.sales.claim"].create(cls._prepare_claim(**values))
        if photos:
            cls._add_photos(claim)
        return claim

    @classmethod
    def _add_photos(cls, claim):
        model = cls.env["after.sales.claim.photo"]
        for kind, color in (("damage", "red"), ("plate", "blue"), ("meter", "green")):
            model._add_photo(claim, f"{kind}.png", png(color), kind=kind)

    @classmethod
    def _create_submitted(cls, **values):
        claim = cls._create_claim(**values)
        claim.with_user(cls.mechanic).sudo().action_submit()
        return claim

    @classmethod
    def _create_approved(cls, day=None, **values):
        claim = cls._create_submitted(**values)
        claim.with_user(cls.auditor).action_approve()
        if day:
            claim.date_approved = day
        return claim

    @classmethod
    def _create_repair(cls, **values):
        """An appointment of the mechanic's station: warranty 200, customer 150."""
        return cls.env["after.sales.repair"].create(
            {
                "station_id": cls.station.id,
                "lot_id": cls.unit.id,
                "customer_name": "Mrs Li",
                "fault_id": cls.fault.id,
                "begin_at": datetime(2026, 6, 1, 8),
                "line_ids": [
                    Command.create(
                        {
                            "line_type": "part",
                            "product_id": cls.pump.id,
                            "price_unit": 200,
                            "payer": "warranty",
                        }
                    ),
                    Command.create(
                        {
                            "line_type": "labor",
                            "labor_id": cls.labor.id,
                            "quantity": 1.5,
                            "price_unit": 100,
                        }
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def _bring_repair_to(cls, repair, state):
        """Take a repair through the station's steps until ``state``."""
        repair = repair.with_user(cls.mechanic).sudo()
        repair.write(
            {
                "inspection": "Scratch on the left door",
                "usage": 12000,
                "mechanic_id": cls.mechanic.partner_id.id,
                "correction": "Pump replaced",
            }
        )
        for name, take in (
            ("received", repair.action_receive),
            ("estimated", repair.action_estimate),
            ("consented", lambda: cls._sign(repair, "consent")),
            ("in_work", repair.action_start),
            ("accepted", repair.action_accept),
            ("picked_up", lambda: cls._sign(repair, "pickup")),
        ):
            take()
            if name == state:
                break
        return repair.with_env(cls.env)

    @classmethod
    def _sign(cls, repair, verb, name="Mrs Li"):
        """Sign what a page shows at this moment."""
        repair._sign(verb, name, cls.signature, repair._get_terms_hash())

    def _take_with_reason(self, record, verb, reason, note="Look again"):
        """Take a step as the wizard does."""
        wizard = (
            self.env["sales.step.reason"]
            .with_env(record.env)
            .create(
                {
                    "res_model": record._name,
                    "res_ids": record.ids,
                    "verb": verb,
                    "usage": record._steps[verb].reason_usage,
                    "reason_id": reason.id,
                    "note": note,
                }
            )
        )
        wizard.action_apply()

    def _get_verdicts(self, claim):
        return {row.key: row.verdict for row in claim.finding_ids}

    @classmethod
    def _create_foreign_company(cls):
        company = cls.env["res.company"].create({"name": "Other Maker"})
        user = new_test_user(
            cls.env,
            "t_foreign",
            groups="base.group_user,after_sales.group_after_sales_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        return company, user

    @property
    def month_first(self):
        return date(self.today.year, self.today.month, 1)
