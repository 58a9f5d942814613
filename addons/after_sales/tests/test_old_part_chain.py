from contextlib import contextmanager

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.after_sales.tools.custody import MOVE_FIELDS, Break, hash_link

from .old_part_common import OldPartCommon

MOVE = "after_sales_old_part_move"
SEAL = "after_sales_old_part_seal"


@tagged("post_install", "-at_install")
class TestOldPartChain(OldPartCommon):
    """B-02: whoever has the rights of the database can take the trigger away and change
    rows; the verifier finds and names each such change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls._create_part()
        cls._ship(cls.part).line_ids.write({"result": "accepted"})
        cls.part.shipment_id.with_user(cls.clerk).action_receive()
        cls.second = cls._create_part()

    @contextmanager
    def _attack(self, table=MOVE):
        """SQL of somebody who owns the database."""
        self.env.flush_all()
        self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield self.env.cr
        self.env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def _seal(self):
        seals = self.env["after.sales.old.part.seal"]
        while seals._seal(self.company):
            pass

    def _get_breaks(self):
        breaks = self.env["after.sales.old.part"]._find_breaks(self.company)
        own = (self.part.name, self.second.name)
        return [tuple(row) for row in breaks if row.name in own]

    def assertBroken(self, kind, sequence, name=None):
        self.assertEqual(self._get_breaks(), [(kind, name or self.part.name, sequence)])

    def test_whole(self):
        """B-02: chains that nobody touched are whole, before and after the seal."""
        self.assertFalse(self._get_breaks())
        self._seal()
        self.assertFalse(self._get_breaks())
        self.assertTrue(self.part.is_sealed)
        self.assertEqual(self.part.chain_length, 3)
        self.assertEqual(self.part.chain_head, self.part.move_ids[-1].hash)
        verdict = self.part.with_user(self.auditor).action_verify()
        self.assertEqual(verdict["params"]["type"], "success")

    def test_database_refuses(self):
        """B-02: UPDATE of a sealed column, DELETE and TRUNCATE are refused to everybody
        who has not taken the trigger away first."""
        self._seal()
        for query in (
            f"UPDATE {MOVE} SET note = 'x' WHERE part_id = {self.part.id}",
            f"UPDATE {MOVE} SET condition = condition",
            f"DELETE FROM {MOVE} WHERE part_id = {self.part.id}",
            f"TRUNCATE {MOVE}",
            f"UPDATE {SEAL} SET hash = 'x'",
            f"DELETE FROM {SEAL}",
        ):
            with (
                self.subTest(query=query),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RaiseException),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_orm_refuses_everybody(self):
        """B-02: the ORM neither writes nor deletes nor creates, for the chief as little
        as for the superuser."""
        self._seal()
        seal = self.env["after.sales.old.part.seal"].search([], limit=1)
        for record in (self.part.move_ids[0], seal):
            for person in (self.chief, self.env.ref("base.user_root")):
                own = record.with_user(person)
                with self.subTest(model=record._name, person=person.login):
                    with self.assertRaises(UserError):
                        own.write({"hash": "x"})
                    with self.assertRaises(UserError):
                        own.unlink()
            with self.assertRaises(AccessError):
                record.with_user(self.chief).create({})

    def test_changed_row(self):
        """B-02: a changed row is named."""
        for column, value in (
            ("condition", "'damaged'"),
            ("user_id", str(self.env.ref("base.user_admin").id)),
            ("moved_at", "moved_at - interval '1 day'"),
            ("quantity", "7"),
            ("station_id", str(self.station_2.id)),
        ):
            with self.subTest(column=column), self.env.cr.savepoint() as savepoint:
                with self._attack() as cr:
                    cr.execute(
                        f"UPDATE {MOVE} SET {column} = {value}"
                        f" WHERE part_id = {self.part.id} AND sequence = 2"
                    )
                self.assertBroken("changed", 2)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_changed_row_with_its_hash(self):
        """B-02: a row changed together with its hash does not fit the next one."""
        with self._attack() as cr:
            cr.execute(
                f"SELECT id FROM {MOVE} WHERE part_id = {self.part.id} AND sequence = 2"
            )
            self._rewrite_note(cr, cr.fetchone()[0])
        self.assertBroken("changed", 3)

    def _rewrite_note(self, cr, move_id):
        """Forge a note, with the hash that fits it."""
        moves = self.env["after.sales.old.part.move"]
        move = moves.browse(move_id)
        row = moves._fetch_chains(move.part_id.ids)[move.part_id.id][move.sequence - 1]
        forged = hash_link(dict(row, note="x"), MOVE_FIELDS, row["previous_hash"])
        cr.execute(
            f"UPDATE {MOVE} SET note = 'x', hash = %s WHERE id = %s", (forged, move_id)
        )
        return forged

    def test_deleted_row(self):
        """B-02: a row taken out of the middle is named."""
        with self._attack() as cr:
            cr.execute(
                f"DELETE FROM {MOVE} WHERE part_id = {self.part.id} AND sequence = 2"
            )
        self.assertBroken("deleted", 2)

    def test_inserted_row(self):
        """B-02: a row put in at the end, or in the middle with the others moved up, is
        named."""
        columns = ", ".join(
            name
            for name in self.env["after.sales.old.part.move"]._sealed_columns
            if name != "sequence"
        )
        insert = (
            f"INSERT INTO {MOVE} (sequence, {columns}) SELECT %s, {columns} FROM {MOVE}"
            f" WHERE part_id = {self.part.id} AND sequence = %s"
        )
        with self.env.cr.savepoint() as savepoint:
            with self._attack() as cr:
                cr.execute(insert, (4, 3))
            self.assertBroken("inserted", 4)
            savepoint.rollback()
            self.env.invalidate_all()
        with self._attack() as cr:
            cr.execute(
                f"UPDATE {MOVE} SET sequence = 4"
                f" WHERE part_id = {self.part.id} AND sequence = 3"
            )
            cr.execute(insert, (3, 2))
        self.assertBroken("changed", 3)

    def test_last_row_deleted(self):
        """B-02: a cut tail shows in the length on the part; with head and length put
        back as well, in the daily seal."""
        self._seal()
        cut = f"DELETE FROM {MOVE} WHERE part_id = {self.part.id} AND sequence = 3"
        with self.env.cr.savepoint() as savepoint:
            with self._attack() as cr:
                cr.execute(cut)
            self.assertBroken("deleted", 3)
            savepoint.rollback()
            self.env.invalidate_all()
        head = self.part.move_ids[1].hash
        with self._attack() as cr:
            cr.execute(cut)
            cr.execute(
                "UPDATE after_sales_old_part SET chain_length = 2, sealed_length = 2,"
                f" state = 'in_transit', chain_head = %s WHERE id = {self.part.id}",
                (head,),
            )
        self.assertBroken("deleted", 3)

    def test_part_gone_with_all_its_moves(self):
        """B-02: the seal knows it, by its number."""
        self._seal()
        name = self.second.name
        with self._attack() as cr:
            cr.execute(f"DELETE FROM {MOVE} WHERE part_id = {self.second.id}")
            cr.execute(f"DELETE FROM after_sales_old_part WHERE id = {self.second.id}")
        breaks = self.env["after.sales.old.part"]._find_breaks(self.company)
        self.assertIn(("part_deleted", name, 1), [tuple(row) for row in breaks])
        verdict = (
            self.env["after.sales.old.part"].with_user(self.auditor).action_verify_all()
        )
        self.assertEqual(verdict["params"]["type"], "danger")
        self.assertIn(name, verdict["params"]["message"])

    def test_all_moves_gone(self):
        """B-02: a part whose moves are all gone is named, sealed or not."""
        with self._attack() as cr:
            cr.execute(f"DELETE FROM {MOVE} WHERE part_id = {self.second.id}")
            cr.execute(
                "UPDATE after_sales_old_part SET chain_length = 0, chain_head = NULL"
                f" WHERE id = {self.second.id}"
            )
        self.assertBroken("deleted", 1, self.second.name)

    def test_last_row_rewritten_with_the_head(self):
        """B-02: a sealed last move rewritten with its hash and the part's head."""
        self._seal()
        last = self.part.move_ids[-1]
        with self._attack() as cr:
            forged = self._rewrite_note(cr, last.id)
            cr.execute(
                "UPDATE after_sales_old_part SET chain_head = %s WHERE id = %s",
                (forged, self.part.id),
            )
        self.assertBroken("changed", 3)

    def test_part_changed(self):
        """B-02: a state written past the steps does not fit the last move."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE after_sales_old_part SET state = 'written_off' WHERE id = %s",
            (self.part.id,),
        )
        self.assertBroken("part_changed", 3)

    def test_seal_changed_or_gone(self):
        """B-02: the seals are a chain themselves."""
        self._seal()
        part = self._create_part()
        self._seal()
        last = self.env["after.sales.old.part.seal"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.assertEqual(last.entries[0][1], part.name)
        with self.env.cr.savepoint() as savepoint:
            with self._attack(SEAL) as cr:
                cr.execute(f"UPDATE {SEAL} SET entries = '[]' WHERE id = {last.id}")
            first = self.env["after.sales.old.part"]._find_breaks(self.company)[0]
            self.assertEqual(
                (first.kind, first.sequence), ("seal_changed", last.sequence)
            )
            savepoint.rollback()
            self.env.invalidate_all()
        with self._attack(SEAL) as cr:
            cr.execute(f"DELETE FROM {SEAL} WHERE id = {last.id}")
        breaks = self.env["after.sales.old.part"]._find_breaks(self.company)
        self.assertEqual(
            [tuple(row) for row in breaks], [("seal_deleted", part.name, 1)]
        )

    def test_sentences(self):
        """B-02: every kind of break has its sentence."""
        parts = self.env["after.sales.old.part"]
        for kind in (
            "changed deleted inserted head part_changed part_deleted seal_changed"
            " seal_deleted"
        ).split():
            with self.subTest(kind=kind):
                text = parts._get_break_sentence(Break(kind, "OP0000001", 7))
                self.assertIn("OP0000001", text)
                self.assertIn("7", text)

    def test_cost(self):
        """B-02: moving and verifying many costs as many statements as few."""
        self.assertQueryGrowth(
            lambda parts: self.env["after.sales.old.part"]._find_breaks(
                self.company, parts.ids
            ),
            lambda count: self._create_part(quantity=min(count, 20)),
            small=4,
            large=20,
        )
