from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_complaint import ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintAccess(ComplaintCommon):
    def test_table(self):
        """F-11: persona, model, verb."""
        catalogues = ("sales.complaint.category", "sales.complaint.severity")
        documents = {
            "sales.complaint": "crw",
            "sales.complaint.photo": "crw",
            "sales.complaint.proposal": "crwu",
        }
        portal = self._create_portal_persona("t_portal", self.customer)
        self.assertAccessTable(
            {
                self.outsider: dict.fromkeys((*catalogues, *documents), ""),
                self.user: {**dict.fromkeys(catalogues, "r"), **documents},
                self.manager: {**dict.fromkeys(catalogues, "crwu"), **documents},
                portal: {
                    **dict.fromkeys(catalogues, ""),
                    "sales.complaint": "r",
                    "sales.complaint.photo": "r",
                    "sales.complaint.proposal": "",
                },
            }
        )

    def test_who_sees_a_complaint(self):
        """F-11: responsible, who took it down, his department, the office, managers."""
        clerk = self._create_persona("t_clerk", "sales_base.group_sales_base_user")
        complaint = self._create_complaint(clerk)
        seen = {
            self.user: True,
            clerk: True,
            self.officer: True,
            self.mender: True,
            self.manager: True,
            self.colleague: False,
        }
        self._check_seen(complaint, seen)
        self.user.sales_standin_id = self.colleague
        self._check_seen(complaint, {self.colleague: True})

    def test_lead_sees_his_team(self):
        """F-11: who leads the team of the responsible sees it, at once."""
        team = self.env["crm.team"].create(
            {"name": "North", "member_ids": [(6, 0, self.user.ids)]}
        )
        complaint = self._create_complaint()
        self._check_seen(complaint, {self.colleague: False})
        team.user_id = self.colleague
        self._check_seen(complaint, {self.colleague: True})

    def test_other_company(self):
        """F-11: nobody sees the complaints of a company he is not in."""
        other = self.env["res.company"].create({"name": "Other"})
        complaint = self.env["sales.complaint"].create(
            {
                "subject": "x",
                "partner_id": self.customer.id,
                "severity_id": self.severity.id,
                "company_id": other.id,
                "user_id": self.user.id,
            }
        )
        self._check_seen(complaint, {self.user: False, self.manager: False})

    def test_portal_sees_its_own(self):
        """F-11: a customer sees his company's complaints, without the internal part."""
        contact = self.env["res.partner"].create(
            {"parent_id": self.customer.id, "name": "Li"}
        )
        portal = self._create_portal_persona("t_portal", contact)
        stranger = self._create_portal_persona(
            "t_stranger", self.env["res.partner"].create({"name": "Stranger"})
        )
        complaint = self._create_complaint(cause="Our fault")
        self._check_seen(complaint, {portal: True, stranger: False})
        own = complaint.with_user(portal)
        self.assertEqual(own.read(["subject"])[0]["subject"], "It whistles")
        for fname in ("cause", "compensation_amount", "department_id", "client_key"):
            with self.subTest(fname), self.assertRaises(AccessError):
                own.read([fname])
        with self.assertRaises(AccessError):
            own.action_accept()

    def _check_seen(self, record, seen):
        for user, expected in seen.items():
            with self.subTest(user=user.login):
                found = record.with_user(user).search([("id", "=", record.id)])
                self.assertEqual(bool(found), expected)
