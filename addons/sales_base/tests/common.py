from contextlib import contextmanager

from odoo.tests import TransactionCase, new_test_user


class SalesCommon(TransactionCase):
    """Personas and checks that the tests of every app share.

    ============  ==============================================  ==================
    attribute     who                                             groups of the base
    ============  ==============================================  ==================
    outsider      an employee without any right of the apps       none
    user          works with documents                            user
    manager       keeps catalogues and decides                    manager
    ============  ==============================================  ==================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.outsider = cls._create_persona("t_outsider")
        cls.user = cls._create_persona("t_user", "sales_base.group_sales_base_user")
        cls.manager = cls._create_persona(
            "t_manager", "sales_base.group_sales_base_manager"
        )

    @classmethod
    def _create_persona(cls, login, groups="", **values):
        """A user with exactly these groups besides the employee's.

        :param str groups: comma separated external ids
        """
        names = "base.group_user" + (f",{groups}" if groups else "")
        values.setdefault("company_id", cls.env.company.id)
        values.setdefault("company_ids", [(6, 0, [values["company_id"]])])
        return cls._create_user(login, names, **values)

    @classmethod
    def _create_portal_persona(cls, login, partner, **values):
        """A portal user of ``partner``."""
        return cls._create_user(
            login, "base.group_portal", partner_id=partner.id, **values
        )

    @classmethod
    def _create_user(cls, login, groups, **values):
        # an invitation by mail for every persona would cost most of the set-up
        context = {"no_reset_password": True, **values.pop("context", {})}
        return new_test_user(
            cls.env, login=login, groups=groups, context=context, **values
        )

    def assertAccessTable(self, table):
        """Access rows and groups, persona by persona.

        :param dict table: {user: {model: verbs}} where verbs is a string of the letters
            c, r, w, u (create, read, write, unlink) the user has; every other verb
            must be refused
        """
        verbs = {"c": "create", "r": "read", "w": "write", "u": "unlink"}
        for user, models in table.items():
            for model, allowed in models.items():
                records = self.env[model].with_user(user)
                for letter, operation in verbs.items():
                    with self.subTest(user=user.login, model=model, verb=operation):
                        self.assertEqual(
                            records.has_access(operation), letter in allowed
                        )

    def assertQueryGrowth(self, run, prepare, small=4, large=40, growth=3):
        """Statements do not grow with records.

        :param run: function of what ``prepare`` returned; measured
        :param prepare: function of a number of records; not measured
        :param int growth: statements ``large`` may need more than ``small``
        """
        run(prepare(1))  # warm up: caches of the registry are filled
        counts = []
        for number in (small, large):
            subject = prepare(number)
            self.env.flush_all()
            self.env.cr.precommit.run()  # the tracking of what was prepared
            self.env.invalidate_all()
            with self._count_queries() as counter:
                run(subject)
                self.env.flush_all()
                self.env.cr.precommit.run()
            counts.append(counter["queries"])
        self.assertLessEqual(
            counts[1],
            counts[0] + growth,
            f"{counts[0]} statements for {small} records, {counts[1]} for {large}",
        )

    @contextmanager
    def _count_queries(self):
        before = self.env.cr.sql_log_count
        counter = {}
        yield counter
        counter["queries"] = self.env.cr.sql_log_count - before
