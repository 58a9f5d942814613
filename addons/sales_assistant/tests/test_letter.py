from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon

GOOD = "<p>Dear Mr Rossi,</p><p>the goods are ready.</p><p>Best regards,<br/>Anna</p>"
BAD = "<p>Dear Mr Rossi,</p><p>pls pay.</p><p>Best regards,<br/>Anna</p>"


class LetterCommon(AssistantCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"]._load_module_terms(["sales_assistant"], ["zh_CN"])
        cls.letters = cls.env["sales.assistant.letter"].with_user(cls.salesperson)

    @classmethod
    def _template(cls, occasion):
        return cls.env.ref(f"sales_assistant.mail_template_letter_{occasion}")

    @classmethod
    def _create_letter(cls, **values):
        return cls.letters.create(
            {
                "partner_id": cls.customer.id,
                "subject": "Your order",
                "body": GOOD,
                **values,
            }
        )

    def _compose(self, record, user=None, **values):
        composer = self.env["mail.compose.message"].with_user(user or self.salesperson)
        return composer.create(
            {
                "composition_mode": "comment",
                "model": record._name,
                "res_ids": record.ids,
                "partner_ids": self.customer.ids,
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "subject": "Your order",
                "body": GOOD,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestLetter(LetterCommon):
    def _get_documents(self):
        order = self._create_order()
        order.client_order_ref = "PO-77"
        order.commitment_date = self._promise(20)
        order.validity_date = self.today
        self.company.sales_assistant_review_enabled = False
        sold = self._create_order()
        sold.action_confirm()
        self._deliver(sold)
        complaint = self.env["sales.complaint"].create(
            {
                "partner_id": self.customer.id,
                "subject": "Noisy bearings",
                "user_id": self.salesperson.id,
                "category_id": self.env["sales.complaint.category"]
                .search([], limit=1)
                .id,
            }
        )
        return {
            "quotation": order,
            "confirmation": order,
            "delay": order,
            "shipping": sold.picking_ids,
            "payment": self._invoice(sold),
            "complaint": complaint,
            **dict.fromkeys(
                ("sample", "price", "welcome", "visit", "renewal"), self.customer
            ),
        }

    def test_twelve_occasions_in_two_languages(self):
        """SA-08: each occasion is complete in English and Chinese, with the fields of
        its document; the check finds only what is still to be filled in or attached."""
        documents = self._get_documents()
        greeting = self._create_letter(
            template_id=self._template("greeting").id, subject=False, body=False
        )
        self.assertEqual(len(documents | {"greeting": greeting}), 12)
        check = self.env["sales.assistant.letter.check"]
        for occasion, record in {**documents, "greeting": greeting}.items():
            for lang in ("en_US", "zh_CN"):
                with self.subTest(occasion=occasion, lang=lang):
                    subject, body = self._template(occasion)._render_sales_letters(
                        record.ids, [lang]
                    )[record.id]
                    text = check._get_letter_text(body)
                    found = check._find_in_letter(subject, body, ["any.pdf"])
                    self.assertLessEqual(
                        {one["kind"] for one in found}, {"placeholder"}
                    )
                    self.assertIn(self.customer.name, text)
                    is_chinese = "尊敬的" in text and "顺祝商祺" in text
                    self.assertEqual(is_chinese, lang == "zh_CN")
                    self.assertEqual("Dear" in text, lang == "en_US")

    def test_language_of_the_customer(self):
        """SA-08: the customer's language decides."""
        template = self._template("welcome")
        for lang, word in (("en_US", "Dear Rossi"), ("zh_CN", "尊敬的Rossi")):
            self.customer.lang = lang
            letter = self.letters.create(
                {"partner_id": self.customer.id, "template_id": template.id}
            )
            self.assertIn(word, letter.body)
            self.assertEqual(letter.body.count("<hr"), 0)

    def test_both_languages(self):
        """SA-08: both languages in one letter, the customer's first."""
        self.customer.lang = "zh_CN"
        letter = self.letters.create(
            {
                "partner_id": self.customer.id,
                "template_id": self._template("welcome").id,
                "both_languages": True,
            }
        )
        self.assertIn("<hr", letter.body)
        self.assertLess(letter.body.index("尊敬的"), letter.body.index("Dear"))
        self.assertIn(" / ", letter.subject)
        self.assertFalse(letter.findings_now)

    def test_both_needs_chinese(self):
        """SA-08: without Chinese installed the letter in both languages is refused."""
        self.env["res.lang"]._lang_get("zh_CN").active = False
        with self.assertRaisesRegex(UserError, "English and Chinese"):
            self._template("welcome")._get_sales_letter_langs("en_US", both=True)

    def test_send(self):
        """SA-08: a person sends the letter; what was sent stays as it was."""
        letter = self._create_letter()
        self.assertFalse(self.env["mail.mail"].search([("model", "=", letter._name)]))
        letter.action_send()
        self.assertEqual((letter.state, letter.sent_how), ("sent", "mail"))
        self.assertEqual(letter.sent_by_id, self.salesperson)
        message = letter.message_ids.filtered("partner_ids")
        self.assertEqual(message.partner_ids, self.customer)
        self.assertIn("the goods are ready", message.body)
        with self.assertRaises(UserError):
            letter.body = BAD
        for verb in ("send", "post", "cancel"):
            with self.assertRaises(UserError):
                getattr(letter, f"action_{verb}")()

    def test_send_with_findings(self):
        """SA-08: a finding is mended or overridden with a reason that is kept."""
        letter = self._create_letter(body=BAD)
        for step in (letter.action_send, letter.action_post):
            with self.assertRaisesRegex(UserError, "pls"):
                step()
        letter.override_reason = "He writes like that himself."
        letter.action_send()
        kept = self.env["sales.assistant.letter.override"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(kept.reason, "He writes like that himself.")
        self.assertEqual(kept.user_id, self.salesperson)
        self.assertIn("pls", kept.findings_text)
        self.assertEqual(letter.findings, kept.findings)
        with self.assertRaises(AccessError):
            kept.with_user(self.salesperson).reason = "Nothing"
        with self.assertRaises(AccessError):
            kept.with_user(self.desk_manager).unlink()

    def test_send_needs(self):
        """SA-08: nothing leaves without an address or without a text."""
        letter = self._create_letter(partner_id=self._create_customer("Nomail").id)
        letter.partner_id.email = False
        with self.assertRaisesRegex(UserError, "no e-mail"):
            letter.action_send()
        letter.action_post()
        self.assertEqual((letter.state, letter.sent_how), ("sent", "post"))
        empty = self._create_letter(body=False)
        with self.assertRaisesRegex(UserError, "empty"):
            empty.action_send()

    def test_closed_fields(self):
        """F-12: state and sending are written by the steps only."""
        letter = self._create_letter()
        for name, value in (
            ("state", "sent"),
            ("sent_how", "mail"),
            ("sent_by_id", self.colleague.id),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                letter.write({name: value})

    def test_print(self):
        """SA-08: the letter on the company's paper, address and text."""
        letter = self._create_letter()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "sales_assistant.report_letter", letter.ids
        )[0]
        for words in ("Rossi Cuscinetti", "Your order", "the goods are ready"):
            self.assertIn(words, html.decode())

    def test_open_for(self):
        """SA-08: a letter about an order takes the order's fields and customer."""
        order = self._create_order()
        context = self.letters._open_for(order.with_user(self.salesperson))["context"]
        letter = self.letters.with_context(**context).create(
            {"template_id": self._template("delay").id}
        )
        self.assertEqual(letter.partner_id, self.customer)
        self.assertIn(order.name, letter.body)
        self.assertEqual([one["kind"] for one in letter.findings_now], ["placeholder"])

    def test_rules(self):
        """F-11: own, stand-in, team, all."""
        letter = self._create_letter()
        self.assertEqual(letter.assistant_id, self.assistant)
        letter.sudo().team_id = self.team
        self.env.flush_all()
        for user, sees in {
            self.salesperson: True,
            self.assistant: True,
            self.standin: True,
            self.colleague: False,
            self.lead: True,
            self.desk_manager: True,
        }.items():
            with self.subTest(user=user.login):
                found = self.letters.with_user(user).search([("id", "=", letter.id)])
                self.assertEqual(bool(found), sees)
        with self.assertRaises(AccessError):
            letter.with_user(self.colleague).action_send()

    def test_access_table(self):
        """F-11: persona, model, verb."""
        prefix = "sales.assistant."
        table = {
            "letter": ("", "", "crwu", "crwu", "crwu"),
            "letter.override": ("", "", "r", "r", "r"),
            "holiday": ("", "", "r", "r", "crwu"),
            "holiday.date": ("", "", "r", "r", "crwu"),
        }
        personas = (
            self.outsider,
            self.technician,
            self.assistant,
            self.lead,
            self.desk_manager,
        )
        self.assertAccessTable(
            {
                user: {prefix + model: verbs[n] for model, verbs in table.items()}
                for n, user in enumerate(personas)
            }
        )


@tagged("post_install", "-at_install")
class TestComposer(LetterCommon):
    def test_warns(self):
        """SA-08: the composer explains what it found, each in a sentence."""
        order = self._create_order()
        composer = self._compose(order, body="<p>u must pay, see attachment</p>")
        warning = composer.sales_letter_warning
        for words in ("“u”", "salutation", "closing", "see attachment"):
            self.assertIn(words, warning)
        self.assertFalse(self._compose(order).sales_letter_warning)

    def test_reason_asked_for(self):
        """SA-08: where the company asks for it nothing is sent without the reason, by
        button, by schedule or by call; else it only warns."""
        order = self._create_order()
        self.company.sales_assistant_letter_reason_required = True
        composer = self._compose(order, body=BAD)
        before = order.message_ids
        for send in (composer.action_send_mail, composer.action_schedule_message):
            with self.assertRaisesRegex(UserError, "pls"):
                send()
        self.assertEqual(order.message_ids, before)
        composer.sales_letter_reason = "Customer's own words"
        composer.action_send_mail()
        kept = self.env["sales.assistant.letter.override"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        self.assertEqual(kept.reason, "Customer's own words")
        self.assertEqual(kept.kind, "abbreviation")
        self.company.sales_assistant_letter_reason_required = False
        self._compose(order, body=BAD).action_send_mail()
        self.assertGreater(len(order.message_ids), len(before) + 1)

    def test_left_alone(self):
        """F-04: internal notes, other documents and people outside the desk."""
        self.company.sales_assistant_letter_reason_required = True
        order = self._create_order()
        note = self.env.ref("mail.mt_note").id
        self.assertFalse(
            self._compose(order, body=BAD, subtype_id=note).sales_letter_warning
        )
        product = self.product.product_tmpl_id
        self.assertFalse(self._compose(product, body=BAD).sales_letter_warning)
        seller = self._create_persona("t_seller", "sales_team.group_sale_salesman")
        order.user_id = seller
        self._compose(order, seller, body=BAD).action_send_mail()

    def test_quoted_mail(self):
        """SA-08: what the customer wrote is not checked."""
        order = self._create_order()
        body = GOOD + "<blockquote>pls send u asap, see attachment</blockquote>"
        self.assertFalse(self._compose(order, body=body).sales_letter_warning)

    def test_both_languages(self):
        """SA-08: the composer writes the template in both languages on request."""
        order = self._create_order()
        composer = self._compose(order)
        composer.template_id = self._template("delay")
        self.assertTrue(composer.can_sales_letter_both)
        self.assertNotIn("尊敬的", composer.body)
        composer.sales_letter_both = True
        self.assertIn("尊敬的", composer.body)
        self.assertIn("Dear", composer.body)
        self.assertIn(" / ", composer.subject)
        composer.sales_letter_both = False
        self.assertNotIn("尊敬的", composer.body)


@tagged("post_install", "-at_install")
class TestInvoiceComposer(LetterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_assistant_review_enabled = False
        order = cls._create_order()
        order.action_confirm()
        cls._deliver(order)
        cls.invoice = cls._invoice(order)
        cls.salesperson.group_ids |= cls.env.ref("account.group_account_invoice")
        cls.overrides_before = cls.env["sales.assistant.letter.override"].search([])

    def _open_composer(self, user, **values):
        wizards = self.env["account.move.send.wizard"].with_user(user)
        wizard = wizards.with_context(
            active_model="account.move", active_ids=self.invoice.ids
        ).create({})
        wizard.sending_methods = ["email"]
        wizard.write({"subject": "Your invoice", "body": GOOD, **values})
        return wizard

    def test_sent_as_before(self):
        """SA-08: an invoice in order is sent with its PDF, nothing is asked."""
        self.company.sales_assistant_letter_reason_required = True
        wizard = self._open_composer(self.salesperson)
        self.assertFalse(wizard.sales_letter_warning)
        wizard.action_send_and_print()
        self.assertTrue(self.invoice.is_move_sent)
        self.assertTrue(self.invoice.invoice_pdf_report_id)
        self.assertFalse(self._get_overrides())

    def _get_overrides(self):
        overrides = self.env["sales.assistant.letter.override"].search([])
        return overrides - self.overrides_before

    def test_findings(self):
        """SA-08: what the check finds is mended or sent with the reason, which is kept
        with the invoice; the invoice itself counts as the attachment."""
        self.company.sales_assistant_letter_reason_required = True
        body = BAD.replace("pls pay", "pls pay, the invoice is attached")
        wizard = self._open_composer(self.salesperson, body=body)
        self.assertIn("pls", wizard.sales_letter_warning)
        self.assertNotIn("attached", wizard.sales_letter_warning)
        with self.assertRaisesRegex(UserError, "pls"):
            wizard.action_send_and_print()
        self.assertFalse(self.invoice.is_move_sent)
        wizard.sales_letter_reason = "His own words."
        wizard.action_send_and_print()
        self.assertTrue(self.invoice.is_move_sent)
        kept = self._get_overrides()
        self.assertEqual((kept.res_model, kept.res_id), self._key(self.invoice))
        self.assertEqual(kept.reason, "His own words.")

    def test_other_people(self):
        """F-04: an accountant who does not work at the desk sends as before."""
        self.company.sales_assistant_letter_reason_required = True
        accountant = self._create_persona(
            "t_accountant", "account.group_account_invoice"
        )
        wizard = self._open_composer(accountant, body=BAD)
        self.assertFalse(wizard.sales_letter_warning)
        wizard.action_send_and_print()
        self.assertTrue(self.invoice.is_move_sent)

    def _key(self, record):
        return record._name, record.id
