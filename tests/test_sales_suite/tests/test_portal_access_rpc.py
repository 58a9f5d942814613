import inspect
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.after_sales.tests.portal_world import MARK, OWNERS
from odoo.addons.test_sales_suite.tests.suite_world import SuiteWorld

#: models of a host are read this far: a leak shows in the first rows or not at all
HOST_ROWS = 300


@tagged("post_install", "-at_install")
class TestPortalAccessRpc(SuiteWorld, HttpCase):
    """AS-20: every model, record and method that a portal user reaches by RPC, asked as
    two stations, two suppliers and a contact without a role. Made from the registry: a
    new model is covered once its owner is declared."""

    def _get_readable(self, person):
        """Models with a table that the person may read at all."""
        return [
            name
            for name, model in self.env.items()
            if not model._abstract
            and model._auto
            and not model._transient
            and model.with_user(person).has_access("read")
        ]

    def test_every_model_has_an_owner_declared(self):
        """AS-20: a model that is opened to the portal says whose its records are, and
        the world has one of somebody else."""
        self.assertEqual(self._get_portal_models(), set(OWNERS))
        for model in OWNERS:
            with self.subTest(model=model):
                for person in self.parties.values():
                    self.assertTrue(self._get_foreign(model, person))

    def test_nobody_outside_writes(self):
        """Architecture 10: portal users write, create and delete nothing by RPC."""
        for person in (
            self.owner,
            self.parties["W1"],
            self.env.ref("base.public_user"),
        ):
            for model in OWNERS:
                for verb in ("write", "create", "unlink"):
                    with self.subTest(person=person.login, model=model, verb=verb):
                        self.assertFalse(
                            self.env[model].with_user(person).has_access(verb)
                        )

    def test_search_finds_own_records_only(self):
        """AS-20: a search finds no foreign record, and reading one by its id fails."""
        for person in self._get_people():
            for model in OWNERS:
                with self.subTest(person=person.login, model=model):
                    mine = self.env[model].with_user(person)
                    foreign = self._get_foreign(model, person)
                    if not mine.has_access("read"):
                        continue
                    self.assertFalse(mine.search([]).sudo() & foreign)
                    self.assertFalse(foreign.with_user(person)._filtered_access("read"))

    def test_owners_find_theirs(self):
        """AS-20: the test is alive: each party finds records of its own."""
        for model in OWNERS:
            finders = [
                code
                for code, person in self.parties.items()
                if self.env[model].with_user(person).search([], limit=1)
            ]
            with self.subTest(model=model):
                self.assertTrue(
                    {"S1", "S2"} <= set(finders) or {"W1", "W2"} <= set(finders)
                )

    def test_public_reads_nothing(self):
        """AS-20: without a login no document is read."""
        public = self.env.ref("base.public_user")
        for model in OWNERS:
            with self.subTest(model=model):
                self.assertFalse(self.env[model].with_user(public).has_access("read"))

    def test_no_mark_in_any_model(self):
        """AS-20: neither our models nor those of the host (messages, files, partners,
        followers) hand out a word of another party."""
        for person in self._get_people():
            for name in self._get_readable(person):
                model = self.env[name].with_user(person)
                limit = None if name in OWNERS else HOST_ROWS
                with self.subTest(person=person.login, model=name):
                    found = model.search([], limit=limit, order="id desc")
                    try:
                        rows = found.read()
                    except AccessError:
                        rows = found.read(self._get_readable_fields(found))
                    self.assertNothingForeign(rows, person)

    def test_files_of_others_are_closed(self):
        """AS-20: no attachment of a foreign record, by search or by id."""
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "in", list(OWNERS)),
                ("res_field", "in", [False, "signature"]),
            ]
        )
        for person in self._get_people():
            others = {
                model: set(self._get_foreign(model, person).ids)
                for model in set(files.mapped("res_model"))
            }
            foreign = files.filtered(
                lambda file, others=others: file.res_id in others[file.res_model]
            )
            with self.subTest(person=person.login):
                self.assertTrue(foreign)
                mine = foreign.with_user(person)
                self.assertFalse(mine.search([("id", "in", foreign.ids)]))
                self.assertFalse(mine._filtered_access("read"))

    # --------------------------------------------------------------------- methods

    def _get_methods(self, name):
        """Public methods of a model that our addons define."""
        ours = self._get_own_modules()
        model = self.env[name]
        for method_name in dir(type(model)):
            if method_name.startswith("_"):
                continue
            method = getattr(type(model), method_name)
            if not inspect.isfunction(method):
                continue
            module = method.__module__.split(".")
            if module[:2] == ["odoo", "addons"] and module[2] in ours:
                try:
                    yield method_name, get_public_method(model, method_name)
                except AccessError:
                    continue

    def _get_arguments(self, method, records):
        """Something for each argument that a method asks for: values where a name asks
        for them, ids of foreign records where it says id, a text elsewhere."""
        parameters = list(inspect.signature(method).parameters.values())[1:]
        record_id = records[:1].id or 1
        named = {
            "vals_list": [{}],
            "vals": {"display_name": "x"},
            "values": {},
            "specification": {"display_name": {}},
        }
        return [
            named[parameter.name]
            if parameter.name in named
            else [record_id]
            if parameter.name.endswith("ids")
            else record_id
            if parameter.name.endswith("id")
            else "read"
            for parameter in parameters
            if parameter.default is parameter.empty
            and parameter.kind == parameter.POSITIONAL_OR_KEYWORD
        ]

    def test_no_method_acts_on_foreign_records(self):
        """AS-20: every public method of our models, called by a stranger with foreign
        ids, all of them and one alone, says nothing foreign and changes nothing: it is
        answered, or refused for want of a right, of a record or of the right state."""
        ours = self._get_own_modules()
        names = [
            name
            for name, model in self.env.items()
            if (model._original_module in ours and not model._abstract)
            or name in OWNERS
        ]
        before = self._get_fingerprint()
        called, self.unfit = 0, {}
        for person in (self.rival, self.parties["W2"], self.nobody):
            for name in names:
                foreign = (
                    self._get_foreign(name, person)
                    if name in OWNERS
                    else self._get_some(name)
                )
                for method_name, method in self._get_methods(name):
                    called += 1
                    with self.subTest(
                        person=person.login, call=f"{name}.{method_name}"
                    ):
                        self._call_as_stranger(person, foreign, method_name, method)
        self.env.invalidate_all()
        self.assertEqual(self._get_fingerprint(), before)
        self.assertGreater(called, 300)
        self.assertEqual(self.unfit, {}, "made-up arguments that prove nothing")

    def _get_some(self, name):
        """Records of the house to try a method on, where there are any."""
        model = self.env[name]
        return model.search([], limit=3) if model._auto else model.browse()

    def _call_as_stranger(self, person, foreign, method_name, method):
        call = f"{foreign._name}.{method_name}"
        for records in (foreign, foreign[:1]):
            self.unfit.pop(call, None)
            try:
                answer = self._call_on(person, records, method_name, method)
            except UserError as error:  # no right, no such record, a wrong state
                self.assertNothingForeign(str(error), person)
            except Exception as error:  # noqa: BLE001 pylint: disable=broad-except
                # That is no refusal: the call did not get as far as that. Without a
                # record there is nothing that it could tell.
                if foreign:
                    self.unfit[call] = repr(error)
            else:
                self.assertNothingForeign(answer, person)

    def _call_on(self, person, records, method_name, method):
        model = records.with_user(person).sudo(False)
        arguments = self._get_arguments(method, records)
        if not hasattr(method, "_api_model"):
            arguments = [records.ids, *arguments]
        with self.env.cr.savepoint(), mute_logger("odoo.sql_db", "odoo.models"):
            answer = call_kw(model.browse(), method_name, arguments, {})
            self.env.flush_all()
        return answer

    # ---------------------------------------------------------------- real requests

    def _get_key(self, person):
        keys = self.env["res.users.apikeys"].with_user(person).sudo()
        return keys._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))

    def _json2(self, key, model, method, **values):
        return self.url_open(
            f"/json/2/{model}/{method}",
            json=values,
            headers={"Authorization": f"Bearer {key}"},
        )

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_json2(self):
        """AS-20: the same through ``/json/2``: own rows are answered, foreign ids are
        refused, nothing is written."""
        for person in (self.owner, self.rival, self.parties["W1"]):
            key = self._get_key(person)
            for model in OWNERS:
                if not self.env[model].with_user(person).has_access("read"):
                    continue
                foreign = self._get_foreign(model, person)
                with self.subTest(person=person.login, model=model):
                    mine = self.env[model].with_user(person).search([])
                    names = self._get_readable_fields(mine)
                    found = self._json2(
                        key, model, "search_read", domain=[], fields=names
                    )
                    self.assertEqual(found.status_code, 200)
                    self.assertNothingForeign(found.text, person)
                    self.assertFalse(
                        {row["id"] for row in found.json()} & set(foreign.ids)
                    )
                    for method, values in (
                        ("read", {}),
                        ("export_data", {"fields_to_export": ["id", "display_name"]}),
                        ("write", {"vals": {"display_name": "x"}}),
                        ("unlink", {}),
                    ):
                        answer = self._json2(
                            key, model, method, ids=foreign[:1].ids, **values
                        )
                        self.assertGreaterEqual(answer.status_code, 400)
                        self.assertNothingForeign(answer.text, person)

    @mute_logger("odoo.http")
    def test_call_kw(self):
        """AS-20: the same through the web client's route."""
        self.authenticate("t_rival", "t_rival")
        for model in OWNERS:
            foreign = self._get_foreign(model, self.rival)
            calls = [
                ("read", [foreign[:1].ids]),
                ("web_read", [foreign[:1].ids, {"display_name": {}}]),
                ("search_read", [[["id", "in", foreign.ids]]]),
                ("web_search_read", [[["id", "in", foreign.ids]], {}]),
                ("formatted_read_group", [[], ["id"], []]),
            ]
            if self.env[model]._rec_name:
                calls.append(("name_search", [MARK.format("S1")]))
            for method, args in calls:
                with self.subTest(model=model, method=method):
                    answer = self.url_open(
                        f"/web/dataset/call_kw/{model}/{method}",
                        json={
                            "params": {
                                "model": model,
                                "method": method,
                                "args": args,
                                "kwargs": {},
                            }
                        },
                    )
                    result = answer.json()
                    self.assertNothingForeign(answer.text, self.rival)
                    if method.endswith("search_read"):
                        rows = result.get("result", [])
                        rows = rows["records"] if isinstance(rows, dict) else rows
                        self.assertFalse(rows)
                    elif method in ("read", "web_read"):
                        self.assertIn("error", result)

    def test_marks_are_there_to_be_found(self):
        """AS-20: the marks that must not leak stand in the records."""
        for model in ("after.sales.claim", "after.sales.repair", "mail.message"):
            with self.subTest(model=model):
                rows = self.env[model].search([]).read()
                with self.assertRaises(AssertionError):
                    self.assertNothingForeign(repr(rows), self.rival)
        with self.assertRaises(UserError):
            self.env["after.sales.claim"].with_user(self.rival).create({})
