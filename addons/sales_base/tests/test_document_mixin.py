from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import throwaway
from .common import SalesCommon


class DocumentCase(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        throwaway.register(cls)
        cls.Document = cls.env["sales.test.document"]
        cls.reason = cls.env["sales.reason"].create(
            {"name": "No need", "usage": "test_cancel"}
        )

    def _create_document(self, user=None, **values):
        return self.Document.with_user(user or self.user).create(values)


@tagged("post_install", "-at_install")
class TestDocumentMixin(DocumentCase):
    # ---------------------------------------------------------------- numbers

    def test_numbers_come_in_order(self):
        """F-13: each document has a number of its own, drawn for the whole batch."""
        documents = self.Document.with_user(self.user).create([{}] * 3)
        numbers = [int(name[1:]) for name in documents.mapped("name")]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 3)))

    def test_company_sequence_wins(self):
        """Architecture 6: a company may number with a sequence of its own."""
        self.env["ir.sequence"].create(
            {
                "name": "Own",
                "code": "sales.test.document",
                "prefix": "OWN",
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self._create_document().name, "OWN1")

    def test_numbers_cost_one_statement(self):
        """Creation needs no statement per record."""
        self.assertQueryGrowth(
            run=lambda vals_list: self.Document.create(vals_list),
            prepare=lambda number: [{"subject": "x"} for _n in range(number)],
        )

    # ----------------------------------------------------------- closed fields

    def test_closed_on_write(self):
        """F-12: nobody writes number, state or what a step decides."""
        document = self._create_document()
        for vals in (
            {"state": "approved"},
            {"name": "T9999"},
            {"decided_amount": 5},
            {"cancel_reason_id": self.reason.id},
        ):
            for user in (self.user, self.manager):
                with self.subTest(user=user.login, vals=vals):
                    with self.assertRaises(AccessError), mute_logger("odoo.orm.models"):
                        document.with_user(user).write(vals)

    def test_closed_on_create(self):
        """F-12: a document is not born decided, whatever is sent."""
        with self.assertRaises(AccessError):
            self._create_document(state="approved")
        with self.assertRaises(AccessError):
            self.Document.with_user(self.user).with_context(
                default_state="approved"
            ).create({})

    def test_closed_on_import(self):
        """F-12: import is no way round."""
        result = self.Document.with_user(self.user).load(
            ["subject", "state"], [["x", "approved"]]
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])

    def test_stored_default_is_no_way_in(self):
        """F-12: a default that a user keeps for himself does not decide a document."""
        self.env["ir.default"].set("sales.test.document", "state", "approved")
        self.env["ir.default"].set("sales.test.document", "decided_amount", 99)
        document = self._create_document()
        self.assertEqual((document.state, document.decided_amount), ("draft", 0))

    def test_no_context_opens_the_guard(self):
        """Architecture 7: clients send context, so none opens a guard."""
        document = self._create_document()
        for key in ("install_mode", "import_file", "tracking_disable", "sudo", "force"):
            with self.subTest(key=key), self.assertRaises(AccessError):
                document.with_context(**{key: True}).write({"state": "approved"})

    def test_shown_read_only(self):
        """Forms show closed fields read-only."""
        fields = self.Document.with_user(self.user).fields_get(["state", "subject"])
        self.assertTrue(fields["state"]["readonly"])
        self.assertFalse(fields["subject"]["readonly"])

    # ------------------------------------------------------------------- steps

    def test_every_pair_of_step_and_state(self):
        """F-12: a step starts from its own states only."""
        states = [state for state, _label in self.Document._fields["state"].selection]
        for verb, step in self.Document._steps.items():
            for state in states:
                document = self._create_document()
                document.sudo().state = state
                with self.subTest(verb=verb, state=state):
                    if state in step.sources:
                        document.with_user(self.manager)._check_can(verb)
                    else:
                        with self.assertRaises(UserError):
                            document.with_user(self.manager)._check_can(verb)

    def test_wrong_person(self):
        """F-11, F-12: the group is asked, in sudo as well."""
        document = self._create_document()
        document.action_submit()
        with self.assertRaises(AccessError):
            document.action_approve()
        with self.assertRaises(AccessError):
            document.with_user(self.user).sudo().action_approve()
        document.with_user(self.manager).action_approve()
        self.assertEqual(document.state, "approved")

    def test_person_without_access(self):
        document = self._create_document()
        with self.assertRaises(AccessError):
            document.with_user(self.outsider).action_submit()

    def test_twice(self):
        """F-12: a second click does nothing twice, it is refused."""
        document = self._create_document()
        document.action_submit()
        with self.assertRaises(UserError):
            document.action_submit()

    def test_refusal_names_each_document(self):
        """F-14: the message says which documents and why."""
        documents = self._create_document() + self._create_document()
        documents[0].action_submit()
        with self.assertRaisesRegex(UserError, documents[0].name):
            documents.action_submit()
        self.assertEqual(documents[1].state, "draft")

    def test_buttons_follow_the_guard(self):
        document = self._create_document()
        self.assertTrue(document.can_submit)
        self.assertFalse(document.can_approve)
        document.action_submit()
        self.assertFalse(document.can_submit)
        self.assertTrue(document.with_user(self.manager).can_approve)

    def test_step_cost(self):
        """A step on a batch needs no statement per record."""
        self.assertQueryGrowth(
            run=lambda documents: documents.action_submit(),
            prepare=lambda number: self.Document.create(
                [{"subject": "x"} for _n in range(number)]
            ),
        )

    # ------------------------------------------------------------------ reasons

    def _wizard(self, document, **values):
        action = document.action_cancel()
        context = dict(action["context"])
        return (
            self.env["sales.step.reason"]
            .with_user(self.user)
            .with_context(**context)
            .create({"reason_id": self.reason.id, **values})
        )

    def test_reason(self):
        """F-13: a document is cancelled with a reason, and keeps it."""
        document = self._create_document()
        self._wizard(document, note="ordered twice").action_apply()
        self.assertEqual(document.state, "cancelled")
        self.assertEqual(document.cancel_reason_id, self.reason)
        self.assertEqual(document.reason_note, "ordered twice")

    def test_reason_of_another_step(self):
        other = self.env["sales.reason"].create({"name": "x", "usage": "test_other"})
        wizard = self._wizard(self._create_document())
        wizard.reason_id = other
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_reason_that_needs_a_note(self):
        self.reason.is_note_required = True
        wizard = self._wizard(self._create_document(), note="  ")
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_wizard_takes_no_other_step(self):
        """The wizard of a client is no way to call any method."""
        document = self._create_document()
        for vals in (
            {"verb": "approve"},
            {"verb": "unlink"},
            {"res_model": "res.users"},
            {"res_model": "no.model"},
        ):
            wizard = self._wizard(document)
            wizard.write(vals)
            with self.subTest(vals=vals), self.assertRaises(UserError):
                wizard.action_apply()

    # ------------------------------------------------------------------- frozen

    def test_decided_is_frozen(self):
        """F-12: a decided document refuses changes, its chatter stays open."""
        document = self._create_document(
            line_ids=[(0, 0, {"label": "a", "quantity": 1})]
        )
        document.action_submit()
        document.with_user(self.manager).action_approve()
        line = document.line_ids
        for change in (
            lambda: document.write({"subject": "new"}),
            lambda: document.write({"line_ids": [(0, 0, {"label": "b"})]}),
            lambda: line.write({"quantity": 2}),
            lambda: line.unlink(),
            lambda: line.create({"document_id": document.id, "label": "c"}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        document.write({"internal_note": "filed"})
        line.write({"note": "ok"})
        document.message_post(body="noted")

    def test_line_does_not_move_into_a_decided_document(self):
        open_document = self._create_document(line_ids=[(0, 0, {"label": "a"})])
        decided = self._create_document()
        decided.sudo().state = "approved"
        with self.assertRaises(UserError):
            open_document.line_ids.write({"document_id": decided.id})

    def test_line_decision_is_closed(self):
        document = self._create_document(line_ids=[(0, 0, {"label": "a"})])
        with self.assertRaises(AccessError):
            document.line_ids.write({"decision": "approved"})
        with self.assertRaises(AccessError):
            document.write({"line_ids": [(0, 0, {"decision": "approved"})]})

    def test_only_drafts_are_deleted(self):
        """F-13: nothing is deleted once submitted."""
        draft, submitted = self._create_document(), self._create_document()
        submitted.action_submit()
        draft.unlink()
        with self.assertRaises(UserError):
            submitted.unlink()

    def test_copy_starts_over(self):
        document = self._create_document(subject="x")
        document.action_submit()
        copy = document.copy()
        self.assertEqual(copy.state, "draft")
        self.assertNotEqual(copy.name, document.name)

    def test_lock_comes_first(self):
        """F-12: the rows are locked before the state is looked at."""
        document = self._create_document()
        calls = []
        cls = self.registry["sales.test.document"]
        self.patch(cls, "lock_for_update", lambda records, **kw: calls.append("lock"))
        reasons = cls._get_cannot_reasons
        self.patch(
            cls,
            "_get_cannot_reasons",
            lambda records, verb: calls.append("state") or reasons(records, verb),
        )
        document.action_submit()
        self.assertEqual(calls[:2], ["lock", "state"])

    def test_own_and_standin(self):
        """Architecture 3: a stand-in sees the documents of an absent colleague."""
        mine = self._create_document(user_id=self.user.id)
        Document = self.Document.with_user(self.manager)
        self.assertNotIn(mine, Document.search(Document._get_own_domain()))
        self.user.sales_standin_id = self.manager
        self.assertIn(mine, Document.search(Document._get_own_domain()))
        self.user.sales_standin_id = False
        self.assertNotIn(mine, Document.search(Document._get_own_domain()))
        self.user.write({"sales_standin_id": self.manager.id, "active": False})
        self.assertIn(mine, Document.search(Document._get_own_domain()))
