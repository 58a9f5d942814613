import json

from odoo.tests import tagged

from odoo.addons.sales_base.models.sales_board_source_mixin import CHANGED

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestBoardLive(DocumentCase):
    """SA-01: boards hear of changes through the bus."""

    def setUp(self):
        super().setUp()
        self._get_told()

    def _get_told(self):
        """Partners whose browsers were told since the last time."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].search([])
        told = []
        for message in messages:
            content = json.loads(message.message)
            if content["type"] == CHANGED:
                self.assertFalse(content["payload"], "no data leaves with the message")
                told.append(json.loads(message.channel)[-1])
        messages.unlink()
        return sorted(told)

    def assertTold(self, *users):
        self.assertEqual(
            self._get_told(), sorted(users.partner_id.id for users in users)
        )

    def test_who_is_told(self):
        """Old and new one, stand-ins too; once a transaction; not who did it."""
        self.user.sales_standin_id = self.outsider
        documents = self.Document.with_user(self.manager).create(
            [{"user_id": self.user.id}] * 3
        )
        self.assertTold(self.user, self.outsider)
        documents.write({"user_id": self.manager.id})
        self.assertTold(self.user, self.outsider)
        documents.with_user(self.user).action_submit()
        self.assertTold(self.manager)
        self.user.sales_standin_id = False
        documents[0].sudo().write({"state": "draft", "user_id": self.user.id})
        self._get_told()
        documents[0].with_user(self.manager).unlink()
        self.assertTold(self.user)

    def test_cost(self):
        """Telling needs no statement a document."""
        self.assertQueryGrowth(
            run=lambda documents: (
                documents.write({"subject": "new"}),
                self.env.flush_all(),
                self.env.cr.precommit.run(),
            ),
            prepare=lambda number: self.Document.create(
                [{"user_id": self.user.id}] * number
            ),
        )
