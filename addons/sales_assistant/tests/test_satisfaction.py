import io
from datetime import timedelta

import openpyxl
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.tests.common import AssistantCommon

GROUP = "sales_assistant.group_sales_assistant_"


class SatisfactionCommon(AssistantCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team.member_ids = cls.salesperson
        cls.company.write(
            {
                "sales_assistant_satisfaction_target": 90,
                "sales_assistant_satisfaction_low": 60,
                "sales_assistant_satisfaction_least": 5,
                "sales_assistant_improvement_days": 10,
            }
        )
        cls.survey = cls.env.ref("sales_assistant.survey_satisfaction")
        cls.grade = cls.env["sales.grade"].search([("kind", "=", "customer")], limit=1)
        cls.cancel_reason = cls.env.ref(
            "sales_assistant.sales_reason_improvement_cancel_joined"
        )

    @classmethod
    def _create_campaign(cls, user=None, **values):
        campaigns = cls.env["sales.assistant.campaign"].with_user(user or cls.assistant)
        return campaigns.create(
            {"selection": "named", "partner_ids": cls.customer.ids, **values}
        )

    @classmethod
    def _start(cls, **values):
        campaign = cls._create_campaign(**values)
        campaign.action_start()
        return campaign

    @classmethod
    def _create_customers(cls, count, **values):
        return cls.env["res.partner"].union(
            *(cls._create_customer(f"Key{n} Bearings", **values) for n in range(count))
        )

    @classmethod
    def _hand_in(cls, participants, *scores, text=False):
        """The forms come back, each question with its own value, or all with one."""
        participants = participants.sudo()
        participants._create_forms()
        questions = cls.survey.question_ids
        if participants[:1].audience == "team":
            questions = cls.env.ref(
                "sales_assistant.survey_team_satisfaction"
            ).question_ids
        values = scores if len(scores) > 1 else scores * 6
        for participant in participants:
            form = participant.user_input_id
            for question, value in zip(questions, values, strict=False):
                form._save_lines(question, str(value))
            if text:
                form._save_lines(questions[-1:], text)
            form._mark_done()


@tagged("post_install", "-at_install")
class TestSatisfaction(SatisfactionCommon):
    """SA-05: satisfaction surveys and what follows from them."""

    # -------------------------------------------------------------- whom to ask

    def test_whom_to_ask(self):
        """SA-05: customers by grade, country, team and filter, or by name."""
        italy, spain = self.env.ref("base.it"), self.env.ref("base.es")
        one, two, three = self._create_customers(3, country_id=italy.id)
        (one | two | three).customer_rank = 1
        three.country_id = spain
        two.user_id = self.colleague
        (one | three).with_company(self.company).sales_grade_id = self.grade
        ours = one | two | three
        for values, found in (
            ({"country_ids": italy.ids}, one | two),
            ({"grade_ids": self.grade.ids}, one | three),
            ({"team_ids": self.team.ids}, one | three),
            ({"partner_domain": f"[('id', 'in', {two.ids})]"}, two),
            ({"country_ids": italy.ids, "grade_ids": self.grade.ids}, one),
        ):
            campaign = self._create_campaign(
                self.desk_manager, selection="all", **values
            )
            with self.subTest(values):
                self.assertEqual(campaign._find_subjects() & ours, found)
                self.assertEqual(campaign.match_count, len(campaign._find_subjects()))
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": one.id, "email": "buyer@example.com"}
        )
        one.email = False
        campaign = self._start(partner_ids=contact.ids)
        participant = campaign.participant_ids
        self.assertEqual(participant.subject_id, one)
        self.assertEqual(participant.partner_id, contact)
        self.assertEqual(
            (participant.grade_id, participant.country_id, participant.team_id),
            (self.grade, italy, self.team),
        )
        for domain in ("[('nothing', '=', 1)]", "[(", "open('x')"):
            with self.subTest(domain), self.assertRaises(ValidationError):
                self._create_campaign(selection="all", partner_domain=domain)

    def test_asked_once_a_quarter(self):
        """SA-05: nobody is asked twice, neither by one survey nor in one quarter."""
        campaign = self._start()
        with self.assertRaises(UserError):
            campaign.action_start()
        with self.assertRaises(UserError):
            self._start()
        other = self._create_customer("Second Bearings")
        both = self._start(partner_ids=(self.customer | other).ids)
        self.assertEqual(both.participant_ids.subject_id, other)
        later = self._create_campaign(year="2031", quarter="1")
        later.action_start()
        self.assertEqual(later.participant_ids.subject_id, self.customer)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            campaign.participant_ids.sudo().copy()
            self.env.flush_all()

    def test_settled_once_started(self):
        """SA-05: what is asked and how it is judged is settled with the start."""
        campaign = self._create_campaign()
        with self.assertRaises(ValidationError):
            campaign.year = "26"
        with self.assertRaises(ValidationError):
            campaign.survey_id = self.env.ref(
                "sales_assistant.survey_team_satisfaction"
            )
        campaign.target = 85
        campaign.action_start()
        for vals in ({"target": 50}, {"low_limit": 1}, {"year": "2031"}):
            with self.subTest(vals), self.assertRaises(UserError):
                campaign.write(vals)
        campaign.conclusion = "Dates."
        campaign.action_close()
        with self.assertRaises(UserError):
            campaign.conclusion = "Nothing."

    def test_steps(self):
        """F-12: each step from its states only."""
        campaign = self._create_campaign(conclusion="Dates.")
        campaign._check_can("start")
        campaign.action_start()
        allowed = {
            "invite": {"running"},
            "close": {"running"},
            "cancel": {"draft", "running"},
        }
        for state in ("draft", "running", "closed", "cancelled"):
            campaign._write_guarded({"state": state})
            for verb, states in allowed.items():
                with self.subTest(state=state, verb=verb):
                    if state in states:
                        campaign._check_can(verb)
                    else:
                        with self.assertRaises(UserError):
                            campaign._check_can(verb)

    def test_what_a_start_needs(self):
        """SA-05: somebody to ask, questions with points, days to answer."""
        nobody = self._create_campaign(partner_ids=[])
        with self.assertRaises(UserError):
            nobody.action_start()
        late = self._create_campaign(date_end=self.today - timedelta(days=1))
        with self.assertRaises(UserError):
            late.action_start()
        empty = self.env["survey.survey"].create(
            {"title": "Words only", "sales_audience": "customers"}
        )
        with self.assertRaises(UserError):
            self._create_campaign(survey_id=empty.id).action_start()

    # ---------------------------------------------------------------- invitations

    def test_invitations_once(self):
        """SA-05: an invitation and a reminder to each, in his language, once."""
        silent = self._create_customer("Silent Bearings", email=False)
        answered = self._create_customer("Answered Bearings")
        campaign = self._start(partner_ids=(self.customer | silent | answered).ids)
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        campaign.action_invite()
        sent = mails.search([]) - before
        self.assertEqual(len(sent), 2)
        states = {one.subject_id: one.state for one in campaign.participant_ids}
        self.assertEqual(
            (states[self.customer], states[silent]), ("invited", "pending")
        )
        form = campaign.participant_ids.sudo().user_input_id.filtered(
            lambda one: one.partner_id == self.customer
        )
        self.assertTrue(any(form.access_token in mail.body_html for mail in sent))
        with self.assertRaises(UserError):
            campaign.action_invite()
        self._hand_in(
            campaign.participant_ids.filtered(lambda one: one.subject_id == answered), 9
        )
        before = mails.search([])
        campaign.action_remind()
        self.assertEqual(len(mails.search([]) - before), 1)
        with self.assertRaises(UserError):
            campaign.action_remind()

    def test_invitations_resumed(self):
        """SA-05: a run that has stopped goes on with those who are left."""
        campaign = self._start(partner_ids=self._create_customers(5).ids)
        run = self.env["sales.run"]._start(
            "assistant_invitation", {"campaign_id": campaign.id}
        )
        self.patch(type(run), "_get_batch_size", lambda run: 2)
        mails = self.env["mail.mail"].sudo()
        before = len(mails.search([]))
        run.sudo()._work_batch()
        self.assertEqual(campaign.uninvited_count, 3)
        self.env["sales.run"]._start(
            "assistant_invitation", {"campaign_id": campaign.id}, at_once=True
        )
        while run.sudo()._work_batch():
            pass
        campaign.invalidate_recordset()
        self.assertEqual(campaign.uninvited_count, 0)
        self.assertEqual(len(mails.search([])) - before, 5)

    # -------------------------------------------------------------------- answers

    def test_points(self):
        """SA-05: points of each question and of the whole, 0 to 100, and the words."""
        campaign = self._start()
        participant = campaign.participant_ids
        self._hand_in(participant, 10, 9, 8, 9, 10, 8, text="Packing.")
        self.assertEqual(participant.state, "answered")
        self.assertEqual(participant.channel, "link")
        self.assertAlmostEqual(participant.score, 90)
        self.assertEqual(
            participant.answer_ids.sorted("id").mapped("score"),
            [100, 90, 80, 90, 100, 80],
        )
        self.assertEqual(participant.remark, "Packing.")
        self.assertFalse(campaign.improvement_ids)
        form = participant.sudo().user_input_id
        form._mark_done()  # handed in twice
        self.assertEqual(len(participant.answer_ids), 6)

    def test_choice_gives_points(self):
        """SA-05: one choice among scored ones counts by its share of the best."""
        survey = self.env["survey.survey"].create(
            {
                "title": "Short",
                "sales_audience": "customers",
                "access_mode": "token",
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": "All well?",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create({"value": value, "answer_score": score})
                                for value, score in (("Yes", 4), ("Partly", 1))
                            ],
                        }
                    )
                ],
            }
        )
        participant = self._start(survey_id=survey.id).participant_ids
        participant.sudo()._create_forms()
        form = participant.sudo().user_input_id
        question = survey.question_ids
        form._save_lines(question, str(question.suggested_answer_ids[1].id))
        form._mark_done()
        self.assertAlmostEqual(participant.score, 25)

    def test_green_only_when_proven(self):
        """SA-05, B-15: n and the lower bound are shown; green is proven."""
        campaign = self._start(partner_ids=self._create_customers(6).ids)
        participants = campaign.participant_ids.sorted("id")
        self._hand_in(participants[:4], 10)
        self.assertEqual((campaign.score, campaign.verdict), (100, "few"))
        self._hand_in(participants[4:5], 10)
        campaign.invalidate_recordset()
        self.assertEqual((campaign.asked_count, campaign.answered_count), (6, 5))
        self.assertEqual(campaign.verdict, "open")
        self.assertAlmostEqual(campaign.lower_bound, 500 / 6)
        self._hand_in(participants[5:], 7)
        campaign.invalidate_recordset()
        self.assertAlmostEqual(campaign.score, 95)
        self.assertEqual(campaign.verdict, "proven")
        # who sees none of these customers sees the figures of the survey
        other = campaign.with_user(self.colleague)
        self.assertFalse(other.participant_ids)
        self.assertEqual(other.answered_count, 6)

    def test_over(self):
        """SA-05: closed, nobody answers any more; a conclusion is needed."""
        campaign = self._start()
        participant = campaign.participant_ids
        participant.sudo()._create_forms()
        with self.assertRaises(UserError):
            campaign.action_close()
        campaign.conclusion = "Too few answers."
        campaign.action_close()
        self.assertEqual(participant.state, "silent")
        self._hand_in(participant, 3)
        self.assertEqual(participant.state, "silent")
        with self.assertRaises(UserError):
            participant.with_user(self.assistant).action_answer_by_phone()
        following = campaign.browse(campaign.action_plan_next_quarter()["res_id"])
        self.assertEqual((following.state, following.conclusion), ("draft", False))
        self.assertGreater(following.date_period, campaign.date_period)
        self.assertNotEqual(following.subject, campaign.subject)
        self.assertEqual(following.partner_ids, self.customer)

    def test_statements(self):
        """SA-05: statements grow neither with customers at the start nor with surveys
        in a list."""

        def prepare(count):
            return self._create_campaign(partner_ids=self._create_customers(count).ids)

        def prepare_list(count):
            campaigns = self.env["sales.assistant.campaign"]
            for number in range(count):
                campaigns |= self._start(year=str(2100 + self.base + number))
            self.base += count
            return campaigns.sudo(False)

        self.assertQueryGrowth(lambda one: one.action_start(), prepare)
        self.base = 0
        self.assertQueryGrowth(
            lambda campaigns: campaigns.read(["score", "verdict", "low_count"]),
            prepare_list,
        )

    # --------------------------------------------------------------------- team

    def test_team(self):
        """SA-05: 团队满意度: what a colleague said is seen by the manager only; what
        the team is discontent with opens an action that names nobody."""
        members = self.salesperson | self.assistant | self.colleague
        campaign = self._create_campaign(
            self.lead, audience="team", member_ids=members.ids, partner_ids=[]
        )
        self.assertEqual(campaign.survey_id.sales_audience, "team")
        campaign.action_start()
        participants = campaign.sudo().participant_ids
        self.assertEqual(participants.subject_id, members.partner_id)
        for user, sees in (
            (self.salesperson, False),
            (self.lead, False),
            (self.desk_manager, True),
        ):
            with self.subTest(user=user.login):
                found = participants.with_user(user).search(
                    [("campaign_id", "=", campaign.id)]
                )
                self.assertEqual(bool(found), sees)
        self._hand_in(participants, 9, 3, 9, 9, 9, 9)
        self.assertFalse(campaign.improvement_ids)
        self.assertEqual(campaign.answered_count, 3)
        with self.assertRaises(UserError):
            participants[:1].with_user(self.desk_manager).action_answer_by_phone()
        campaign.conclusion = "News comes too late."
        campaign.action_close()
        action = campaign.improvement_ids
        self.assertEqual(len(action), 1)
        self.assertIn("30", action.subject)
        self.assertEqual(action.user_id, self.lead)
        self.assertFalse(action.participant_id or action.partner_id)

    def test_members_of_teams(self):
        """SA-05: the members of the chosen sales teams."""
        campaign = self._create_campaign(
            self.lead,
            audience="team",
            selection="all",
            team_ids=self.team.ids,
            partner_ids=[],
        )
        self.assertEqual(campaign._find_subjects(), self.salesperson.partner_id)

    # ------------------------------------------------------------- improvements

    def _low(self, *scores, text="Late."):
        campaign = self._start()
        self._hand_in(
            campaign.participant_ids, *(scores or (9, 4, 9, 9, 9, 9)), text=text
        )
        return campaign.improvement_ids

    def _end(self, actions, user=None, result="Weekly list.", effect="good"):
        user = user or self.assistant
        action = actions.with_user(user).action_close()
        self.env["sales.assistant.improvement.close"].with_user(user).with_context(
            **action["context"]
        ).create({"result": result, "effect": effect}).action_apply()

    def test_low_answer(self):
        """SA-05: a low answer opens one action with owner, day and what was said."""
        action = self._low()
        self.assertEqual(len(action), 1)
        self.assertEqual(action.user_id, self.assistant)
        self.assertEqual(action.partner_id, self.customer)
        self.assertEqual(action.complaint_text, "Late.")
        self.assertIn("40", action.subject)
        self.assertEqual(action.date_due, self.company._get_sales_day_ahead(10))

    def test_it_must_end(self):
        """SA-05: it ends with measure, result and effect; nobody drops it silently."""
        action = self._low().with_user(self.assistant)
        with self.assertRaises(UserError):
            self._end(action)
        action.measure = "A list of open dates every week."
        with self.assertRaises(UserError):
            self._end(action, result="  ")
        with self.assertRaises(AccessError):
            action.action_cancel()
        with self.assertRaises(AccessError):
            action.unlink()
        with self.assertRaises(UserError):
            action.with_user(self.desk_manager).sudo().unlink()
        for vals in ({"state": "closed"}, {"result": "Good."}, {"effect": "good"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                action.write(vals)
        self._end(action)
        self.assertEqual((action.state, action.effect), ("closed", "good"))
        self.assertEqual(action.closed_by_id, self.assistant)
        with self.assertRaises(UserError):
            self._end(action)
        with self.assertRaises(UserError):
            action.measure = "Another."
        action.with_user(self.desk_manager).action_reopen()
        self.assertEqual((action.state, action.effect), ("open", False))

    def test_cancelled_with_words(self):
        """SA-05: a superior cancels with reason and words."""
        action = self._low()
        window = action.with_user(self.lead).action_cancel()
        wizards = self.env["sales.step.reason"].with_user(self.lead)
        wizards = wizards.with_context(**window["context"])
        with self.assertRaises(UserError):
            wizards.create({"reason_id": self.cancel_reason.id}).action_apply()
        wizards.create(
            {"reason_id": self.cancel_reason.id, "note": "With IA00001."}
        ).action_apply()
        self.assertEqual(action.state, "cancelled")

    def test_effect_in_points(self):
        """SA-05: the points of the next survey stand beside the action."""
        with freeze_time("2026-06-17 08:00:00"):
            action = self._low()
        self.assertFalse(action.has_next_score)
        with freeze_time("2026-09-17 08:00:00"):
            later = self._start(year="2026", quarter="3")
            self._hand_in(later.participant_ids, 9)
        action.invalidate_recordset()
        self.assertEqual((action.has_next_score, action.next_score), (True, 90))

    def test_board(self):
        """SA-01, SA-05: what must end stands on the board of its owner, late ones red;
        a superior sees with whom."""
        action = self._low()
        action.sudo().date_due = self.today - timedelta(days=2)

        def get_lane(user):
            board = self.env["sales.assistant.board"].with_user(user).get_board()
            return {lane["key"]: lane for lane in board["lanes"]}.get("improvements")

        self.env.flush_all()
        row = get_lane(self.assistant)["rows"][0]
        self.assertEqual((row["id"], row["level"]), (action.id, "danger"))
        self.assertIn("2 days overdue", row["reason"])
        self.assertFalse(row["actions"])
        action.sudo().measure = "A list."
        row = get_lane(self.assistant)["rows"][0]
        self.assertEqual(row["actions"][0]["method"], "action_close")
        self.assertEqual(get_lane(self.standin)["count"], 1)
        self.assertEqual(get_lane(self.colleague)["count"], 0)
        team = self.env["sales.assistant.board"].with_user(self.lead).get_team()
        people = {one["id"]: one["counts"] for one in team["people"]}
        self.assertEqual(people[self.assistant.id]["improvements"], 1)
        self._switch_off("satisfaction")
        self.assertIsNone(get_lane(self.assistant))

    # ------------------------------------------------------------ who sees what

    def test_rights(self):
        """F-11: surveys are seen by all, run by their responsible or a superior;
        answers and actions are those of one's customers, the team's, the company's."""
        action = self._low()
        campaign = action.campaign_id.with_user(self.salesperson)
        self.assertTrue(campaign.read(["score"]))
        with self.assertRaises(AccessError):
            campaign.action_invite()
        with self.assertRaises(AccessError):
            campaign.subject = "Mine"
        participant = campaign.sudo().participant_ids
        for records in (participant, participant.answer_ids, action):
            for user, sees in (
                (self.assistant, True),
                (self.salesperson, True),
                (self.standin, True),
                (self.colleague, False),
                (self.lead, True),
                (self.desk_manager, True),
            ):
                with self.subTest(user=user.login, model=records._name):
                    found = records.with_user(user).search([("id", "in", records.ids)])
                    self.assertEqual(bool(found), sees)
        with self.assertRaises(AccessError):
            participant.with_user(self.assistant).score = 100
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger", f"{GROUP}manager", company_id=company.id
        )
        for records in (campaign, participant, participant.answer_ids, action):
            with self.subTest(model=records._name):
                self.assertFalse(
                    records.with_user(stranger).search([("id", "in", records.ids)])
                )

    def test_questions_of_others(self):
        """F-11: the desk reads its own questions, no other surveys, and no forms."""
        secret = self.env["survey.survey"].create({"title": "Staff only"})
        surveys = self.env["survey.survey"].with_user(self.desk_manager)
        self.assertIn(self.survey, surveys.search([]))
        self.assertNotIn(secret, surveys.search([]))
        self.assertFalse(surveys.has_access("write"))
        forms = self.env["survey.user_input"].with_user(self.desk_manager)
        self.assertFalse(forms.has_access("read"))

    def test_customer_file(self):
        """SA-05: the latest points stand on the customer's file."""
        self._hand_in(self._start().participant_ids, 8)
        self._hand_in(self._start(year="2031").participant_ids, 9)
        partner = self.customer.with_user(self.assistant)
        self.assertEqual(partner.sales_satisfaction_count, 2)
        self.assertAlmostEqual(partner.sales_satisfaction_score, 90)

    # ------------------------------------------------------------------- report

    def test_report(self):
        """SA-05, B-15: points with n and bound, as a whole, by question, by segment."""
        customers = self._create_customers(3)
        customers[0].with_company(self.company).sales_grade_id = self.grade
        campaign = self._start(partner_ids=customers.ids)
        first, second, _third = campaign.participant_ids.sorted("id")
        self._hand_in(first, 10)
        self._hand_in(second, 10, 8, 8, 8, 8, 8)
        self.env.flush_all()
        rows = self.env["sales.assistant.satisfaction.report"].with_user(self.lead)
        rows = rows.search([("campaign_id", "=", campaign.id)])
        by = rows.grouped("dimension")
        whole = by["all"]
        self.assertEqual((whole.asked_count, whole.answered_count), (3, 2))
        self.assertAlmostEqual(whole.score, 275 / 3, 2)
        self.assertEqual(whole.verdict, "few")
        self.assertAlmostEqual(whole.response_rate, 200 / 3, 2)
        self.assertEqual(len(by["question"]), 6)
        points = {row.question_id: row.score for row in by["question"]}
        self.assertAlmostEqual(points[self.survey.question_ids[0]], 100)
        self.assertAlmostEqual(points[self.survey.question_ids[1]], 90)
        grades = {row.grade_id: row for row in by["grade"]}
        graded = grades[self.grade]
        self.assertEqual((graded.asked_count, graded.score), (1, 100))
        self.assertEqual(graded.lower_bound, 100)
        self.assertTrue(graded.segment)
        with self.assertRaises(AccessError):
            rows.with_user(self.assistant).read(["score"])

    def test_sheets(self):
        """SA-05: the survey and its proof as sheets."""
        campaign = self._start(partner_ids=self._create_customers(2).ids)
        self._hand_in(campaign.participant_ids.sorted("id")[:1], 8)
        action = campaign.action_download_sheet()["params"]
        self.env.flush_all()
        for model, user, points in (
            (action["model"], self.assistant, [80, None]),
            ("sales.assistant.satisfaction.report", self.lead, None),
        ):
            stream = io.BytesIO()
            model = self.env[model].with_user(user)
            count = model._write_sheet(stream, action["domain"])
            sheet = openpyxl.load_workbook(stream).active
            rows = [row for row in sheet.iter_rows(values_only=True) if any(row)]
            with self.subTest(model._name):
                self.assertTrue(count)
                if points:
                    header = next(row for row in rows if "Points" in row)
                    place = header.index("Points")
                    data = rows[rows.index(header) + 1 :]
                    self.assertEqual(
                        sorted((row[place] for row in data), key=str),
                        sorted(points, key=str),
                    )


@tagged("post_install", "-at_install")
class TestSatisfactionForm(SatisfactionCommon, HttpCase):
    """SA-05: the form on the phone."""

    def test_form_on_the_phone(self):
        """SA-05: a colleague fills in the customer's form only once he has said so;
        the row says by phone, and by whom."""
        campaign = self._start()
        participant = campaign.participant_ids
        participant.sudo()._create_forms()
        form = participant.sudo().user_input_id
        url = f"/survey/{form.survey_id.access_token}/{form.access_token}"
        question = self.survey.question_ids[0]
        form._mark_in_progress()
        self.env.flush_all()
        self.authenticate("t_assistant", "t_assistant")
        self.assertNotIn(question.title, self.url_open(url).text)
        action = participant.with_user(self.assistant).action_answer_by_phone()
        self.env.flush_all()
        self.assertIn(form.access_token, action["url"])
        self.assertIn(question.title, self.url_open(url).text)
        self.authenticate("t_salesperson", "t_salesperson")
        self.assertNotIn(question.title, self.url_open(url).text)
        with self.assertRaises(AccessError):
            participant.with_user(self.colleague).action_answer_by_phone()
        self.authenticate("t_assistant", "t_assistant")
        answers = {str(one.id): "9" for one in self.survey.question_ids[:-1]}
        self.make_jsonrpc_request(
            url.replace("/survey/", "/survey/submit/"),
            {**answers, str(self.survey.question_ids[-1:].id): "Well."},
        )
        participant.invalidate_recordset()
        self.assertEqual((participant.state, participant.score), ("answered", 90))
        self.assertEqual(participant.channel, "phone")
        self.assertEqual(participant.phone_user_id, self.assistant)

    def test_form_by_the_link(self):
        """SA-05: the customer answers by his link, without a login; opened on the phone
        before or not."""
        campaign = self._start()
        participant = campaign.participant_ids
        participant.with_user(self.assistant).action_answer_by_phone()
        form = participant.sudo().user_input_id
        form._mark_in_progress()
        self.env.flush_all()
        self.make_jsonrpc_request(
            f"/survey/submit/{form.survey_id.access_token}/{form.access_token}",
            {str(one.id): "5" for one in self.survey.question_ids[:-1]},
        )
        participant.invalidate_recordset()
        self.assertEqual((participant.state, participant.channel), ("answered", "link"))
        self.assertFalse(participant.phone_user_id)
        self.assertEqual(campaign.improvement_ids.user_id, self.assistant)
