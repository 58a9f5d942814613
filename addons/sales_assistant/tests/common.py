from datetime import datetime, time, timedelta

from odoo import Command, fields

from odoo.addons.sales_base.tests.common import SalesCommon

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


class AssistantCommon(SalesCommon):
    """People and orders of the desk.

    ============  =============================================  =====================
    attribute     who                                            group
    ============  =============================================  =====================
    salesperson   sells to ``customer``                          user
    assistant     assistant of ``customer``                      user
    standin       stands in for the assistant                    user
    colleague     another salesperson                            user
    lead          leads ``team``                                 lead
    desk_manager  decides on special orders                      manager
    technician    member of the department ``technical``         opinion
    other_tech    an opinion giver of no department              opinion
    ============  =============================================  =====================

    A quotation of ``_create_order`` is normal unless the caller makes it special: the
    rules are those of the installation, ``customer`` is known by one order.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "sales_assistant.group_sales_assistant_"
        cls.salesperson = cls._create_persona("t_salesperson", f"{group}user")
        cls.assistant = cls._create_persona("t_assistant", f"{group}user")
        cls.standin = cls._create_persona("t_standin", f"{group}user")
        cls.colleague = cls._create_persona("t_colleague", f"{group}user")
        cls.lead = cls._create_persona("t_lead", f"{group}lead")
        cls.desk_manager = cls._create_persona("t_desk_manager", f"{group}manager")
        cls.technician = cls._create_persona("t_technician", f"{group}opinion")
        cls.other_tech = cls._create_persona("t_other_tech", f"{group}opinion")
        cls.assistant.sales_standin_id = cls.standin

        cls.team = cls.env["crm.team"].create(
            {"name": "Export", "user_id": cls.lead.id, "company_id": cls.company.id}
        )
        cls.technical, cls.finance = cls.env["sales.department"].create(
            [
                {"name": "Technical", "member_ids": [Command.set(cls.technician.ids)]},
                {"name": "Finance", "user_id": cls.desk_manager.id},
            ]
        )
        cls.term_30, cls.term_60 = (
            cls.env["account.payment.term"].create(
                {
                    "name": f"{days} days",
                    "line_ids": [
                        Command.create(
                            {"value": "percent", "value_amount": 100, "nb_days": days}
                        )
                    ],
                }
            )
            for days in (30, 60)
        )
        cls.product, cls.product_b = cls.env["product.product"].create(
            [
                {"name": name, "list_price": 10, "is_storable": True, "taxes_id": False}
                for name in ("Bearing 6204", "Bearing 6305")
            ]
        )
        cls.rules = {
            rule.key: rule for rule in cls.env["sales.assistant.review.rule"].search([])
        }
        for rule in cls.rules.values():
            rule.department_ids = cls.technical
        cls.rules["overdue"].limit = 0
        cls.company.write(
            {
                "sales_assistant_review_enabled": False,
                "sales_assistant_check_quotation": 0,
                "sales_assistant_check_order": 0,
                # as installed, whatever demo data has switched on
                "sales_assistant_pattern_enabled": False,
                "sales_assistant_letter_reason_required": False,
            }
        )
        cls.customer = cls._create_customer("Rossi Cuscinetti")
        cls.known_order = cls._create_order()
        cls.known_order.action_confirm()
        cls.company.sales_assistant_review_enabled = True
        cls.today = cls.company._get_sales_today()
        cls.reason = cls.env.ref("sales_assistant.sales_reason_reject_price")

    @classmethod
    def _create_customer(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "email": f"{name.split()[0].lower()}@example.com",
                "user_id": cls.salesperson.id,
                "assistant_id": cls.assistant.id,
                "property_payment_term_id": cls.term_30.id,
                **values,
            }
        )

    @classmethod
    def _prepare_order_values(cls, quantity=10, price=10.0, discount=0, **values):
        customer = values.pop("partner", cls.customer)
        return {
            "partner_id": customer.id,
            "user_id": cls.salesperson.id,
            "team_id": cls.team.id,
            "company_id": cls.company.id,
            "payment_term_id": cls.term_30.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": cls.product.id,
                        "product_uom_qty": quantity,
                        "price_unit": price,
                        "discount": discount,
                    }
                )
            ],
            **values,
        }

    @classmethod
    def _create_order(cls, **values):
        return cls.env["sale.order"].create(cls._prepare_order_values(**values))

    @classmethod
    def _create_orders(cls, count, **values):
        return cls.env["sale.order"].create(
            [cls._prepare_order_values(**values) for _n in range(count)]
        )

    @classmethod
    def _promise(cls, days):
        """A moment ``days`` calendar days ahead at noon of the company."""
        day = cls.company._get_sales_today() + timedelta(days=days)
        return cls.company._get_sales_moment(day, time(12))

    @classmethod
    def _request(cls, orders, user=None):
        """The reviews of ``orders``, requested by ``user`` or the salesperson."""
        user = user or cls.salesperson
        orders.with_user(user).action_request_review()
        return orders.sales_review_ids.filtered(lambda one: one.state == "in_review")

    @classmethod
    def _tick(cls, reviews, user=None):
        reviews.check_ids.with_user(user or cls.assistant).write({"is_done": True})

    @classmethod
    def _approve(cls, reviews, user=None):
        cls._tick(reviews, user)
        reviews.with_user(user or cls.assistant).action_approve()

    @classmethod
    def _create_special(cls, **values):
        """A review in progress of an order over the amount."""
        order = cls._create_order(quantity=10000, price=10.0, **values)
        return cls._request(order)

    @classmethod
    def _answer(cls, opinion, user, answer="agree", note=False):
        wizard = (
            cls.env["sales.assistant.opinion.answer"]
            .with_user(user)
            .create({"opinion_id": opinion.id, "opinion": answer, "note": note})
        )
        return wizard.action_apply()

    @classmethod
    def _decide(cls, review, note=False, user=None):
        wizard = (
            cls.env["sales.assistant.review.decide"]
            .with_user(user or cls.desk_manager)
            .create({"review_id": review.id, "note": note})
        )
        return wizard.action_approve()

    @classmethod
    def _create_approved_order(cls, **values):
        order = cls._create_order(**values)
        cls._approve(cls._request(order))
        return order

    @classmethod
    def _deliver(cls, order):
        for picking in order.picking_ids:
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty
                move.picked = True
            picking.button_validate()

    @classmethod
    def _invoice(cls, order):
        invoice = order._create_invoices()
        invoice.invoice_date = fields.Date.today()
        invoice.action_post()
        return invoice

    @classmethod
    def _pay(cls, invoice):
        wizard = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({}).action_create_payments()

    @classmethod
    def _switch_off(cls, part):
        """As an administrator does in the settings, for the whole database.

        :param str part: end of the feature group's name
        """
        cls.env["res.config.settings"].create(
            {f"group_sales_assistant_{part}": False}
        ).execute()
        # the next request would start with empty caches, this transaction goes on
        cls.env.invalidate_all()
        cls.env.registry.clear_cache()

    @classmethod
    def _as_moment(cls, day):
        return datetime.combine(day, time(12))

    @classmethod
    def _log_contact(cls, user=None, **values):
        """A call of the customer a minute ago, taken down by ``user``."""
        contacts = cls.env["sales.assistant.contact"].with_user(user or cls.assistant)
        return contacts.create(
            {
                "partner_id": cls.customer.id,
                "channel": "phone",
                "wish": "enquiry",
                "subject": "Price of 6204",
                "contact_at": fields.Datetime.now() - timedelta(minutes=1),
                **values,
            }
        )

    # ------------------------------------------------------------------ samples

    @classmethod
    def _fill_sample_room(cls, quantity=10, company=None):
        room = (company or cls.company)._get_sales_sample_room()
        for product in (cls.product, cls.product_b):
            cls.env["stock.quant"]._update_available_quantity(product, room, quantity)
        return room

    @classmethod
    def _prepare_sample_values(cls, quantity=2, **values):
        customer = values.pop("partner", cls.customer)
        return {
            "partner_id": customer.id,
            "user_id": cls.salesperson.id,
            "team_id": cls.team.id,
            "line_ids": [
                Command.create({"product_id": cls.product.id, "quantity": quantity})
            ],
            **values,
        }

    @classmethod
    def _create_sample(cls, **values):
        return cls.env["sales.assistant.sample"].create(
            cls._prepare_sample_values(**values)
        )

    @classmethod
    def _submit_sample(cls, **values):
        """A sample that the rules let pass, checked and ready to send."""
        sample = cls._create_sample(**values)
        sample.with_user(cls.salesperson).action_submit()
        sample.check_ids.with_user(cls.assistant).is_done = True
        sample.with_user(cls.assistant).write(
            {
                "courier_id": cls.env.ref(
                    "sales_assistant.sales_assistant_courier_dhl"
                ).id,
                "waybill": f"JD {sample.id}-77",
                "courier_estimate": 40,
            }
        )
        return sample

    @classmethod
    def _send_sample(cls, **values):
        sample = cls._submit_sample(**values)
        sample.with_user(cls.assistant).action_send()
        return sample
