import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.models.sales_assistant_requirement import (
    REQUIREMENT_STATES,
)
from odoo.addons.sales_assistant.tests.common import PIXEL, AssistantCommon


@tagged("post_install", "-at_install")
class TestRequirement(AssistantCommon):
    """One confirmed order; its sheet goes to two departments: technical (a technician)
    and production (``maker``)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_assistant_review_enabled = False
        cls.maker = cls._create_persona(
            "t_maker", "sales_assistant.group_sales_assistant_opinion"
        )
        cls.production = cls.env["sales.department"].create(
            {"name": "Production", "user_id": cls.maker.id}
        )
        cls.order = cls._create_order(commitment_date=cls._promise(60))
        cls.order.with_user(cls.salesperson).action_confirm()
        cls.sheet = cls._create_sheet()
        cls.cancel = cls.env.ref("sales_assistant.sales_reason_requirement_mistake")

    @classmethod
    def _create_sheet(cls, order=None, **values):
        order = order or cls.order
        departments = cls.technical | cls.production
        return (
            cls.env["sales.assistant.requirement"]
            .with_user(cls.assistant)
            .create(
                {
                    "order_id": order.id,
                    "line_id": order.order_line[:1].id,
                    "subject": "Low temperature",
                    "department_ids": [Command.set(departments.ids)],
                    "detail_ids": [
                        Command.create({"process": "Greasing", "name": "Grease LT2"})
                    ],
                    **values,
                }
            )
        )

    def _acknowledge(self, sheet, *users):
        for user in users:
            sheet.sudo().notice_id.with_user(user).action_read()

    def _revise(self, sheet):
        revised = sheet.browse(sheet.action_revise()["res_id"])
        revised.change_note = "Grease LT3"
        return revised

    # ------------------------------------------------------------------- issue

    def test_each_department_acknowledges(self):
        """SA-12: issued, the sheet goes to the departments concerned in writing, and
        is acknowledged when somebody of each has said so."""
        self.assertTrue(self.sheet.name.startswith("PR"))
        self.sheet.action_issue()
        notice = self.sheet.sudo().notice_id
        self.assertEqual(notice.state, "published")
        self.assertEqual(notice.receipt_ids.user_id, self.technician | self.maker)
        self.assertIn("Grease LT2", notice.body)
        self.assertEqual(notice.sale_order_id, self.order)
        self.assertEqual(self.sheet.missing_text, "Production, Technical")
        self._acknowledge(self.sheet, self.technician)
        self.assertFalse(self.sheet.is_acknowledged)
        self.assertEqual(self.sheet.missing_text, "Production")
        self._acknowledge(self.sheet, self.maker)
        self.assertTrue(self.sheet.is_acknowledged)

    def test_shows_until_acknowledged(self):
        """SA-12: nothing is produced on an unacknowledged revision without it showing:
        on the order, its milestones, the board, the production order."""
        self.sheet.action_issue()
        order = self.order.with_user(self.salesperson)
        milestone = order.sales_milestone_ids[:1]
        board = self.env["sales.assistant.board"].with_user(self.assistant)

        def get_rows():
            lanes = {lane["key"]: lane for lane in board.get_board()["lanes"]}
            return [row["id"] for row in lanes["requirements"]["rows"]]

        def get_paper():
            report = self.env["ir.actions.report"].with_user(self.salesperson)
            content, _kind = report._render_qweb_html(
                "sales_assistant.report_production_order", order.ids
            )
            return content.decode()

        for text in (
            order.sales_requirement_warning,
            milestone.requirement_warning,
        ):
            self.assertIn("Production, Technical", text)
        self.assertIn(self.sheet.id, get_rows())
        self.assertIn("not acknowledged", get_paper())
        self._acknowledge(self.sheet, self.technician, self.maker)
        self.env.invalidate_all()
        self.assertFalse(order.sales_requirement_warning)
        self.assertFalse(milestone.requirement_warning)
        self.assertNotIn(self.sheet.id, get_rows())
        self.assertNotIn("not acknowledged", get_paper())
        self.assertIn(self.sheet.display_name, get_paper())

    def test_what_an_issue_needs(self):
        """SA-12: a confirmed order, departments, contents."""
        quotation = self._create_order()
        for sheet in (
            self._create_sheet(quotation),
            self._create_sheet(department_ids=[]),
            self._create_sheet(subject=False, detail_ids=[]),
        ):
            with self.subTest(sheet=sheet.display_name), self.assertRaises(UserError):
                sheet.action_issue()
            self.assertFalse(sheet.notice_id)

    def test_revision(self):
        """SA-12: a change is a new revision of the same number, says what has changed
        and is acknowledged anew; the one before is in force until it is issued."""
        self.sheet.action_issue()
        self._acknowledge(self.sheet, self.technician, self.maker)
        revised = self.sheet.browse(self.sheet.action_revise()["res_id"])
        self.assertEqual((revised.name, revised.revision), (self.sheet.name, 2))
        self.assertEqual(revised.detail_ids.name, "Grease LT2")
        self.assertEqual(self.sheet.state, "issued")
        with self.assertRaises(UserError):
            self.sheet.action_revise()
        with self.assertRaises(UserError):
            revised.action_issue()
        revised.change_note = "Grease LT3"
        old_notice = self.sheet.sudo().notice_id
        revised.action_issue()
        self.assertEqual(self.sheet.state, "superseded")
        self.assertEqual(old_notice.state, "closed")
        self.assertFalse(revised.is_acknowledged)
        self.assertIn("Grease LT3", revised.sudo().notice_id.body)
        self.assertIn("rev. 2", self.order.sales_requirement_warning)

    def test_drawings_go_along(self):
        """SA-12: a department reads the drawing without rights on orders; nobody
        passes on a file that he may not read himself."""
        drawing = {"name": "DR-1.png", "datas": PIXEL}
        sheet = self._create_sheet(drawing_ids=[Command.create(drawing)])
        self.assertEqual(sheet.drawing_ids.res_id, sheet.id)
        sheet.action_issue()
        passed_on = sheet.sudo().notice_id.with_user(self.maker).attachment_ids
        self.assertEqual(passed_on.raw, base64.b64decode(PIXEL))
        self.assertFalse(
            self.env["sale.order"].with_user(self.maker).has_access("read")
        )
        foreign = self._create_order(user_id=self.colleague.id, assistant_id=False)
        secret = self.env["ir.attachment"].create(
            {
                "name": "s.txt",
                "raw": b"x",
                "res_model": foreign._name,
                "res_id": foreign.id,
            }
        )
        other = self._create_sheet()
        other.sudo().drawing_ids = secret
        with self.assertRaises(AccessError):
            other.action_issue()

    # ------------------------------------------------------------------- guards

    def test_transition_table(self):
        """SA-12: every allowed pair passes, every other raises."""
        for verb, step in self.sheet._steps.items():
            for state, _label in REQUIREMENT_STATES:
                with self.subTest(verb=verb, state=state):
                    sheet = self._create_sheet()
                    sheet._write_guarded({"state": state})
                    if state not in step.sources:
                        with self.assertRaises(UserError):
                            sheet._check_can(verb)
                        continue
                    if verb == "cancel":
                        sheet._do_with_reason("cancel", self.cancel, False)
                    else:
                        getattr(sheet, f"action_{verb}")()
                    self.assertEqual(sheet.state, step.target or state)

    def test_issued_is_frozen(self):
        """SA-12: what the departments have is changed by a revision only."""
        self.sheet.action_issue()
        for record, vals in (
            (self.sheet, {"subject": "Other"}),
            (self.sheet.detail_ids, {"name": "Other"}),
        ):
            with self.subTest(model=record._name), self.assertRaises(UserError):
                record.write(vals)
        with self.assertRaises(UserError):
            self.sheet.detail_ids.unlink()
        with self.assertRaises(UserError):
            self.sheet.unlink()
        for vals in ({"revision": 5}, {"is_acknowledged": True}, {"state": "draft"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self._create_sheet().write(vals)

    def test_strangers(self):
        """F-11: a colleague neither sees nor issues the sheets of others; a department
        reads its notice, not the sheet."""
        for person in (self.colleague, self.technician):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                self.sheet.with_user(person).action_issue()
        found = self.sheet.with_user(self.colleague).search([])
        self.assertNotIn(self.sheet, found)
        self.assertIn(self.sheet, self.sheet.with_user(self.lead).search([]))

    def test_line_of_another_order(self):
        """SA-12: the line of a sheet belongs to its order."""
        line = self.known_order.order_line[:1]
        with self.assertRaises(UserError):
            self._create_sheet(line_id=line.id)

    def test_cancelled(self):
        """SA-12: a cancelled sheet waits for nobody."""
        self.sheet.action_issue()
        self.sheet._do_with_reason("cancel", self.cancel, False)
        self.assertEqual(self.sheet.sudo().notice_id.state, "closed")
        self.assertFalse(self.order.sales_requirement_warning)

    def test_papers(self):
        """SA-12: the sheet and the production order are printed; the latter of
        confirmed orders only."""
        self.sheet.action_issue()
        report = self.env["ir.actions.report"].with_user(self.assistant)
        content, _kind = report._render_qweb_html(
            "sales_assistant.report_requirement", self.sheet.ids
        )
        for text in ("Grease LT2", "Technical", self.sheet.display_name):
            self.assertIn(text, content.decode())
        with self.assertRaises(UserError):
            self._create_order().action_print_production_order()

    def test_notice_about_an_order(self):
        """SA-12: a change of the contract goes to the departments as a notice that
        names its order."""
        action = self.order.with_user(self.assistant).action_notify_departments()
        notice = (
            self.env["sales.notice"]
            .with_user(self.assistant)
            .with_context(**action["context"])
            .create({"department_ids": [Command.set(self.technical.ids)]})
        )
        notice.action_publish()
        self.assertEqual(notice.sale_order_id, self.order)
        self.assertIn(self.order.name, notice.subject)
        self.assertEqual(notice.sudo().receipt_ids.user_id, self.technician)

    def test_switched_off(self):
        """SA-12: switched off, the lane is gone."""
        self._switch_off("requirement")
        board = self.env["sales.assistant.board"].with_user(self.assistant).get_board()
        self.assertNotIn("requirements", [lane["key"] for lane in board["lanes"]])
