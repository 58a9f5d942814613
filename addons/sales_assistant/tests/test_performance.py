from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestPerformance(AssistantCommon):
    """Statements do not grow with records; an INSERT or UPDATE takes a hundred rows,
    and an order has up to nine milestones or checks."""

    def test_request(self):
        """SA-11: requesting reviews in batch."""
        self.assertQueryGrowth(
            lambda orders: orders._request_reviews(), self._create_orders, growth=8
        )

    def test_request_special(self):
        """SA-11: requesting reviews of special orders in batch."""
        self.assertQueryGrowth(
            lambda orders: orders._request_reviews(),
            lambda count: self._create_orders(count, quantity=10000),
        )

    def test_approve(self):
        """SA-11: approving in batch."""

        def prepare(count):
            reviews = self._request(self._create_orders(count))
            self._tick(reviews)
            return reviews.with_user(self.assistant)

        self.assertQueryGrowth(lambda reviews: reviews.action_approve(), prepare)

    def test_guard(self):
        """SA-11: the guard of a mass confirmation."""

        def prepare(count):
            orders = self._create_orders(count)
            self._approve(self._request(orders))
            return orders

        self.assertQueryGrowth(lambda orders: orders._check_reviewed(), prepare)

    def test_guard_with_pattern(self):
        """SA-09, SA-11: the guard with the usual pattern asked, too."""

        def prepare(count):
            orders = self._create_orders(count)
            self._approve(self._request(orders))
            self.env.flush_all()
            return orders

        self.company.sales_assistant_pattern_enabled = True
        self.assertQueryGrowth(lambda orders: orders._check_reviewed(), prepare)

    def test_changed_terms(self):
        """SA-11: changing the terms of reviewed orders in batch."""

        def prepare(count):
            orders = self._create_orders(count)
            self._approve(self._request(orders))
            return orders

        # a note in each order's chatter is one message per order
        self.assertQueryGrowth(
            lambda orders: orders.write({"payment_term_id": self.term_60.id}),
            prepare,
            growth=40 * 12,
        )

    def test_create_milestones(self):
        """SA-10: planning in batch."""

        def prepare(count):
            orders = self._create_orders(count, commitment_date=self._promise(60))
            orders._write({"state": "sale"})
            orders.invalidate_recordset()
            return orders

        self.assertQueryGrowth(
            lambda orders: orders._create_milestones(), prepare, growth=8
        )

    def _prepare_confirmed(self, count):
        self.company.sales_assistant_review_enabled = False
        orders = self._create_orders(count, commitment_date=self._promise(60))
        orders.action_confirm()
        return orders

    def test_milestones_done(self):
        """SA-10: completing milestones in batch."""
        self.assertQueryGrowth(
            lambda orders: orders.sales_milestone_ids.filtered(
                lambda one: one.sequence == 10
            ).action_done(),
            self._prepare_confirmed,
        )

    def test_replan(self):
        """SA-10: replanning in batch."""

        def run(orders):
            orders._replan_milestones()

        def prepare(count):
            orders = self._prepare_confirmed(count)
            orders._write({"sales_promised_date": self.today})
            orders.invalidate_recordset()
            return orders

        self.assertQueryGrowth(run, prepare, growth=8)

    def test_update(self):
        """SA-10: looking what has happened, in batch."""
        self.assertQueryGrowth(
            lambda orders: orders._update_milestones(), self._prepare_confirmed
        )

    def test_board(self):
        """SA-01: the board, whatever the number of orders."""
        board = self.env["sales.assistant.board"]

        def prepare(count):
            self._request(self._create_orders(count))
            self._prepare_confirmed(count)
            self.company.sales_assistant_review_enabled = True

        for user in (self.assistant, self.desk_manager):
            with self.subTest(user=user.login):
                self.assertQueryGrowth(
                    lambda _none, user=user: board.with_user(user).get_board(), prepare
                )

    def test_lists(self):
        """SA-10, SA-11: the lists with late and at risk."""
        specification = dict.fromkeys(("name", "is_late", "is_at_risk", "state"), {})

        def run(_none):
            self.env["sales.assistant.milestone"].web_search_read([], specification)

        self.assertQueryGrowth(run, self._prepare_confirmed)

    def test_review_form(self):
        """SA-11: opening the form of a review stays within a fixed number of
        statements: twelve for the document, the rest for its lists and their names."""
        review = self._create_special()
        model = self.env["sales.assistant.review"].with_user(self.assistant)
        view = model.get_view(
            self.env.ref("sales_assistant.sales_assistant_review_view_form").id
        )
        names = view["models"]["sales.assistant.review"]
        specification = {
            name: {"fields": {"display_name": {}}}
            if model._fields[name].type == "many2one"
            else {}
            for name in names
            if name in model._fields
        }
        record = model.browse(review.id)
        record.web_read(specification)
        self.env.flush_all()
        self.env.invalidate_all()
        with self._count_queries() as counter:
            record.web_read(specification)
        self.assertLessEqual(counter["queries"], 24)
