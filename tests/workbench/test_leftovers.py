"""The comparison after uninstalling (F-03)."""

import sys
import unittest
from pathlib import Path

from fixtures import FolderCase

from workbench import leftovers, postgres
from workbench.database import Databases
from workbench.leftovers import Snapshot, compare


def snapshot(rows=None, **names) -> Snapshot:
    empty = {kind: frozenset() for kind in leftovers.KINDS}
    given = {kind.replace("_", " "): frozenset(value) for kind, value in names.items()}
    return Snapshot(names={**empty, **given}, rows=rows or {})


class TestCompare(unittest.TestCase):
    def test_nothing_happened(self):
        self.assertEqual(compare(snapshot(), snapshot()), [])

    def test_left_behind(self):
        for kind in ("column", "table or view", "menu", "scheduled job", "parameter"):
            with self.subTest(kind=kind):
                after = snapshot(**{kind: {"res_partner.grade_id"}})
                self.assertEqual(
                    compare(snapshot(), after),
                    [f"{kind} left behind: res_partner.grade_id"],
                )

    def test_host_lost_something(self):
        before = snapshot(menu={"Sales/Orders"}, rows={"sale_order": {"1": "a"}})
        self.assertEqual(
            compare(before, snapshot()),
            [
                "menu of the host lost: Sales/Orders",
                "record of the host lost: sale_order 1",
            ],
        )

    def test_host_record_changed(self):
        before = snapshot(rows={"sale_order": {"1": "a", "2": "b"}})
        after = snapshot(rows={"sale_order": {"1": "a", "2": "c", "3": "d"}})
        self.assertEqual(
            compare(before, after), ["record of the host changed: sale_order 2"]
        )


class TestSnapshot(FolderCase):
    """On a real server; the virtual environment's Python reaches it."""

    def setUp(self):
        super().setUp()
        self.environ(PGHOST=None)
        self.folder.chmod(0o755)
        server = postgres.running()
        connection = server.__enter__()
        self.addCleanup(server.__exit__, None, None, None)
        self.databases = Databases(connection, Path(sys.executable))

    def test_added_table_column_and_changed_row_are_seen(self):
        self.databases.create("before")
        tables = {
            "ir_model_data": "module text, name text, model text, res_id int",
            "ir_model_inherit": "model_id int",
            "ir_model": "model text",
            "ir_model_fields": "model text, name text",
            "ir_model_fields_selection": "field_id int, value text",
            "ir_ui_view": "model text, name text",
            "ir_ui_menu": "name jsonb, parent_id int",
            "ir_actions": "type text, name jsonb",
            "ir_cron": "cron_name text",
            "ir_config_parameter": "key text",
            "ir_model_access": "name text",
            "ir_rule": "name text",
            "res_groups": "name jsonb",
            "res_groups_privilege": "name jsonb",
            "ir_sequence": "name text, code text",
            "ir_asset": "name text, path text",
            "ir_default": "field_id int",
            "sale_order": "name text, write_date timestamp",
        }
        self.databases.sql(
            "before",
            *(
                f"CREATE TABLE {name} (id serial, {columns})"
                for name, columns in tables.items()
            ),
            "INSERT INTO sale_order (name) VALUES ('S1'), ('S2'), ('S3')",
        )
        self.databases.sql("postgres", "CREATE DATABASE after TEMPLATE before")
        clean = leftovers.take(self.databases, "before")
        self.databases.sql(
            "after",
            "ALTER TABLE sale_order ADD COLUMN grade int",
            "CREATE TABLE ours (id serial)",
            "INSERT INTO ir_cron (cron_name) VALUES ('Our job')",
            "INSERT INTO ir_model_data (module, name, model, res_id) VALUES "
            "('mail', 'selection__ours', 'ir.model.fields.selection', 7), "
            "('mail', 'group_ours', 'res.groups', 7)",
            "UPDATE sale_order SET write_date = now() WHERE name = 'S1'",
            "UPDATE sale_order SET name = 'changed' WHERE name = 'S2'",
            "DELETE FROM sale_order WHERE name = 'S3'",
        )
        after = leftovers.take(self.databases, "after", columns_as_in="before")
        found = compare(clean, after)
        self.assertEqual(
            [line for line in found if "ours_id_seq" not in line],
            [
                "column left behind: ours.id",
                "column left behind: sale_order.grade",
                "external id left behind: mail.group_ours",
                "scheduled job left behind: Our job",
                "table or view left behind: ours",
                "record of the host changed: sale_order 2",
                "record of the host lost: sale_order 3",
            ],
        )
        told = leftovers.changed_columns(self.databases, "before", "after", found[-2])
        self.assertIn('name: "S2" -> "changed"', told)
