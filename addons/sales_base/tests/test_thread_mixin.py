from odoo.tests import tagged

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestThreadMixin(DocumentCase):
    def _flush_tracking(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _create_many(self, number):
        documents = self.Document.with_user(self.user).create(
            [{"subject": f"s{n}"} for n in range(number)]
        )
        self._flush_tracking()
        return documents

    def test_creation_is_silent(self):
        """No note, no follower: the record itself says who and when."""
        document = self._create_many(1)
        self.assertFalse(document.message_ids)
        self.assertFalse(document.message_follower_ids)

    def test_silence_does_not_leak(self):
        """Changes after the creation in the same call are tracked."""
        document = self._create_many(1)
        self.assertNotIn("mail_notrack", document.env.context)
        document.subject = "other"
        self._flush_tracking()
        self.assertEqual(len(document.sudo().message_ids.tracking_value_ids), 1)

    def test_batch_tracks_as_one_by_one(self):
        """The messages of a batch are those mail.thread would have written."""
        batch, single = self._create_many(3), self._create_many(1)
        for documents in (batch, single):
            documents.write({"subject": "new", "user_id": self.manager.id})
            self._flush_tracking()

        def told(document):
            values = document.sudo().message_ids.tracking_value_ids
            return sorted(
                (v.field_id.name, v.old_value_char, v.new_value_char) for v in values
            )

        self.assertEqual(len(told(single)), 2)
        for document in batch:
            self.assertEqual(len(document.message_ids), 1)
            self.assertEqual(
                [(name, new) for name, _old, new in told(document)],
                [(name, new) for name, _old, new in told(single)],
            )
            self.assertEqual(
                document.message_ids.author_id, single.message_ids.author_id
            )
            self.assertEqual(
                document.message_ids.subtype_id, single.message_ids.subtype_id
            )

    def test_unchanged_records_get_no_message(self):
        documents = self._create_many(3)
        documents[0].subject = "new"
        documents.write({"subject": "new"})
        self._flush_tracking()
        documents.write({"subject": "new"})
        self._flush_tracking()
        self.assertEqual([len(d.message_ids) for d in documents], [1, 1, 1])

    def test_log_text_is_kept(self):
        """A text attached to the change still gets into the chatter."""
        documents = self._create_many(2)
        documents._track_set_log_message("by the supervisor")
        documents.write({"subject": "new"})
        self._flush_tracking()
        for document in documents:
            self.assertIn("by the supervisor", document.message_ids.body)

    def test_assignment_sends_nothing(self):
        document = self._create_many(1)
        before = self.env["mail.mail"].search_count([])
        document.user_id = self.manager
        self._flush_tracking()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.assertFalse(document.message_follower_ids)

    def test_change_costs_no_statement_per_record(self):
        self.assertQueryGrowth(
            run=lambda documents: documents.write({"subject": "new"}),
            prepare=self._create_many,
        )
