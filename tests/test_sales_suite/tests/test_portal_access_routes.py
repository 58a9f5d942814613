import inspect
import itertools
import json

from werkzeug.routing.converters import NumberConverter

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.after_sales.tests.common import png
from odoo.addons.after_sales.tests.portal_world import OWNERS
from odoo.addons.test_sales_suite.tests.suite_world import SuiteWorld

#: arguments of our routes that are no ids of records
PLAIN = {"page"}
#: what a host's route calls the model and the id of a document
DOCUMENT_ARGUMENTS = (
    ("thread_model", "thread_id"),
    ("res_model", "res_id"),
    ("model", "res_id"),
    ("model", "id"),
    ("model_name", "record_id"),
)
#: combinations of foreign ids that one route is asked for
COMBINATIONS = 6


@tagged("post_install", "-at_install")
class TestPortalAccessRoutes(SuiteWorld, HttpCase):
    """AS-20: every route, as its stranger. Made from the routing map: a new route is
    asked without anything declared here."""

    def _get_rules(self):
        return list(self.env["ir.http"].routing_map().iter_rules())

    def _get_own_rules(self):
        """Routes of our controllers, with the function behind each."""
        ours = self._get_own_modules()
        for rule in self._get_rules():
            function = inspect.unwrap(rule.endpoint.original_endpoint)
            module = function.__module__.split(".")
            if module[:2] == ["odoo", "addons"] and module[2] in ours:
                yield rule, function

    def _get_candidates(self, argument):
        """Our models that an argument such as ``claim_id`` may name: those whose last
        word it is."""
        word = argument.removesuffix("_id").removesuffix("_ref").replace("_", ".")
        ours = self._get_own_modules()
        return [
            name
            for name, model in self.env.items()
            if (name in OWNERS or model._original_module in ours)
            and not (model._abstract or model._transient)
            and (name.endswith(f".{word}") or name.split(".")[-1] == word)
        ]

    def _get_foreign_ids(self, argument, person):
        ids = {
            record_id
            for model in self._get_candidates(argument)
            for record_id in (
                self._get_foreign(model, person)
                if model in OWNERS
                else self.env[model].search([], limit=COMBINATIONS)
            ).ids
        }
        if argument == "attachment_id":
            ids |= self._get_foreign_files(person)
        return sorted(ids)

    def _get_foreign_files(self, person):
        """The newest files of every model: those of this world are among them, what a
        demo database holds besides is more of the same."""
        found = set()
        for model in OWNERS:
            own = self._get_own(model, person).ids
            files = self.env["ir.attachment"].search(
                [("res_model", "=", model), ("res_id", "not in", own)],
                order="id desc",
                limit=COMBINATIONS,
            )
            found.update(files.ids)
        return found

    def _get_values(self, rule, person):
        """Arguments for a route: every id foreign, texts guessed."""
        choices = []
        for name in sorted(rule.arguments):
            if name in PLAIN:
                choices.append([1])
            elif isinstance(rule._converters[name], NumberConverter):
                # what the world has no record of is guessed
                choices.append(self._get_foreign_ids(name, person) or [1, 2, 999999])
            elif name == "token":
                choices.append(["guessed", "0" * 32])
            else:
                choices.append(["sheet", "send", "consent", "confirm", "x"])
        combinations = itertools.product(*choices)
        names = sorted(rule.arguments)
        for combination in itertools.islice(combinations, COMBINATIONS):
            yield dict(zip(names, combination, strict=True))

    def _ask(self, rule, url, **values):
        """Call a route as a browser would, with what it is meant to take."""
        if rule.endpoint.routing["type"] == "jsonrpc":
            return self.url_open(
                url,
                data=json.dumps({"params": values}),
                headers={"Content-Type": "application/json"},
            )
        methods = rule.endpoint.routing.get("methods") or ["GET"]
        if "GET" in methods:
            return self.url_open(url, allow_redirects=False)
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(url, data=data, allow_redirects=False)

    def _get_posted(self, rule, function, person):
        """What is sent with the call: foreign ids where the route names one."""
        values = {
            name: self._get_foreign_ids(name, person)[:1]
            for name in inspect.signature(function).parameters
            if name.endswith("_id") and name not in rule.arguments
        }
        texts = {name: str(ids[0]) for name, ids in values.items() if ids}
        required = [
            name
            for name, parameter in inspect.signature(function).parameters.items()
            if parameter.default is parameter.empty
            and parameter.kind == parameter.POSITIONAL_OR_KEYWORD
            and name not in {"self", *rule.arguments}
        ]
        return {**dict.fromkeys(required, "U-QQS1QQ"), **texts}

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_own_routes_with_foreign_ids(self):
        """AS-20: each of our routes, asked for what belongs to another: 404, a
        redirect, an error text, or that there were too many; nothing of it shown,
        nothing changed."""
        before = self._get_fingerprint()
        asked = 0
        for login in ("t_rival", "t_works_2", "t_nobody", None):
            self.authenticate(login, login)
            person = (
                self.env["res.users"].search([("login", "=", login)])
                if login
                else self.env.ref("base.public_user")
            )
            for rule, function in self._get_own_rules():
                if not rule.arguments - PLAIN:
                    continue
                posted = self._get_posted(rule, function, person)
                for values in self._get_values(rule, person):
                    url = rule.build(values)[1]
                    with self.subTest(login=login, url=url):
                        answer = self._ask(rule, url, **posted)
                        asked += 1
                        self.assertNothingForeign(answer.text, person)
                        self.assertNotIn(png("red", (9, 7)), answer.content)
                        self.assertNotIn(b"%PDF", answer.content)
                        if rule.endpoint.routing["type"] == "http":
                            self.assertIn(answer.status_code, (302, 303, 400, 404, 429))
        self.env.invalidate_all()
        self.assertEqual(self._get_fingerprint(), before)
        self.assertGreater(asked, 200)

    @mute_logger("odoo.http")
    def test_own_pages_show_no_others(self):
        """AS-20: lists, forms and look-ups without an id show one's own only; a form
        that names a foreign id in its fields is refused."""
        before = self._get_fingerprint()
        for login in ("t_owner", "t_rival", "t_works", "t_nobody", None):
            self.authenticate(login, login)
            person = (
                self.env["res.users"].search([("login", "=", login)])
                if login
                else self.env.ref("base.public_user")
            )
            for rule, function in self._get_own_rules():
                if rule.arguments - PLAIN:
                    continue
                url = rule.build(dict.fromkeys(rule.arguments, 1))[1]
                posted = self._get_posted(rule, function, person)
                with self.subTest(login=login, url=url):
                    answer = self._ask(rule, url, **posted)
                    self.assertNothingForeign(answer.text, person)
                    self.assertNotEqual(answer.status_code, 500)
        self.env.invalidate_all()
        self.assertEqual(self._get_fingerprint(), before)

    def test_owners_open_theirs(self):
        """AS-20: the test is alive: the same routes show the owner his documents."""
        self.authenticate("t_owner", "t_owner")
        opened = set()
        for rule, _function in self._get_own_rules():
            is_page = rule.endpoint.routing["type"] == "http" and "GET" in (
                rule.endpoint.routing.get("methods") or ["GET"]
            )
            if not is_page or rule.arguments - PLAIN and len(rule.arguments) > 1:
                continue
            for argument in rule.arguments - PLAIN:
                for model in set(self._get_candidates(argument)) & set(OWNERS):
                    for record in self._get_own(model, self.owner)[:5]:
                        if rule.rule.endswith("/pdf") or rule.rule.endswith("/tags"):
                            continue
                        url = rule.build({argument: record.id})[1]
                        if self.url_open(url).status_code == 200:
                            opened.add(rule.rule)
        self.assertLessEqual(
            {
                "/my/claims/<int:claim_id>",
                "/my/repairs/<int:repair_id>",
                "/my/settlements/<int:settlement_id>",
                "/my/old-parts/<int:part_id>",
                "/my/part-shipments/<int:shipment_id>",
                "/my/complaints/<int:complaint_id>",
                "/my/notices/<int:notice_id>",
            },
            opened,
        )

    # ------------------------------------------------------------------ host routes

    def _get_document_rules(self):
        """Routes of the host that take a model and an id, such as those of messages."""
        for rule in self._get_rules():
            function = inspect.unwrap(rule.endpoint.original_endpoint)
            names = set(inspect.signature(function).parameters) | rule.arguments
            for pair in DOCUMENT_ARGUMENTS:
                if set(pair) <= names and rule.endpoint.routing["type"] in (
                    "http",
                    "jsonrpc",
                ):
                    yield rule, function, pair
                    break

    @mute_logger(
        "odoo.http",
        "odoo.sql_db",
        "odoo.addons.http_routing.models.ir_http",
        "odoo.addons.mail.controllers.thread",
    )
    def test_host_routes_with_foreign_documents(self):
        """AS-20: messages, followers, files and ratings of a foreign document are
        closed on whatever route of the host takes a model and an id."""
        documents = {
            model: self._get_foreign(model, self.rival)[:1].id
            for model in (
                "after.sales.claim",
                "after.sales.repair",
                "after.sales.settlement",
                "sales.complaint",
            )
        }
        before = self._get_fingerprint()
        rules = list(self._get_document_rules())
        self.assertGreater(len(rules), 5)
        for login in ("t_rival", None):
            self.authenticate(login, login)
            person = self.rival if login else self.env.ref("base.public_user")
            for (rule, _function, pair), model in itertools.product(rules, documents):
                values = {pair[0]: model, pair[1]: documents[model], "token": "guess"}
                path = dict.fromkeys(rule.arguments, "x")
                path.update({k: v for k, v in values.items() if k in rule.arguments})
                try:
                    url = rule.build(path)[1]
                except (ValueError, TypeError):
                    continue
                with self.subTest(login=login, url=url, model=model):
                    rest = {k: v for k, v in values.items() if k not in rule.arguments}
                    answer = self._ask(rule, url, **rest)
                    self.assertNothingForeign(answer.text, person)
        self.env.invalidate_all()
        self.assertEqual(self._get_fingerprint(), before)

    @mute_logger("odoo.http")
    def test_file_and_image_routes(self):
        """AS-20: files and binary fields of foreign records by the host's file routes,
        with and without a guessed token."""
        secrets = {png("red", (9, 7)), png("red", (7, 9)), png("black", (60, 30))}
        for login in ("t_rival", "t_works_2", "t_nobody", None):
            self.authenticate(login, login)
            person = (
                self.env["res.users"].search([("login", "=", login)])
                if login
                else self.env.ref("base.public_user")
            )
            urls = [
                f"/web/{kind}/{file_id}{tail}"
                for file_id in self._get_foreign_ids("attachment_id", person)
                for kind in ("content", "image")
                for tail in ("", "?access_token=guess", "?download=1&unique=x")
            ]
            for model in OWNERS:
                fields = self.env[model]._fields.values()
                binaries = [f.name for f in fields if f.type in ("binary", "image")]
                record = self._get_foreign(model, person)[:1]
                urls += [
                    f"/web/{kind}/{model}/{record.id}/{name}"
                    for name in binaries
                    for kind in ("content", "image")
                ]
            for url in urls:
                with self.subTest(login=login, url=url):
                    answer = self.url_open(url, allow_redirects=False)
                    self.assertNothingForeign(answer.content, person)
                    self.assertFalse(
                        any(secret in answer.content for secret in secrets)
                    )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_qweb")
    def test_report_routes(self):
        """AS-20: no report of ours prints a foreign document for the portal or the
        public, as page, text or PDF."""
        ours = self._get_own_modules()
        reports = self.env["ir.actions.report"].search([("model", "in", list(OWNERS))])
        reports = reports.filtered(
            lambda report: report.report_name.split(".")[0] in ours
        )
        self.assertGreater(len(reports), 4)
        for login in ("t_rival", "t_works_2", None):
            self.authenticate(login, login)
            person = (
                self.env["res.users"].search([("login", "=", login)])
                if login
                else self.env.ref("base.public_user")
            )
            for report, kind in itertools.product(reports, ("html", "text", "pdf")):
                record = self._get_foreign(report.model, person)[:1]
                url = f"/report/{kind}/{report.report_name}/{record.id}"
                with self.subTest(login=login, url=url):
                    answer = self.url_open(url, allow_redirects=False)
                    self.assertNotEqual(answer.status_code, 200)
                    self.assertNothingForeign(answer.text, person)
