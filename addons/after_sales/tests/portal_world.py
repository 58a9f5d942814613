import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.tools import SQL, mute_logger

from .common import AfterSalesCommon, png

AUTHOR = "Sales Organisation Maintainers"
#: Whose people may see a record: paths from it to a partner or a user. Every model that
#: the portal may read by an access row of ours stands here, or the test fails.
OWNERS = {
    "after.sales.station": ["partner_id"],
    "after.sales.supplier": ["partner_id"],
    "after.sales.bay": ["station_id.partner_id"],
    "after.sales.claim": ["station_id.partner_id"],
    "after.sales.claim.line": ["claim_id.station_id.partner_id"],
    "after.sales.claim.photo": ["claim_id.station_id.partner_id"],
    "after.sales.repair": ["station_id.partner_id"],
    "after.sales.repair.line": ["repair_id.station_id.partner_id"],
    "after.sales.repair.photo": ["repair_id.station_id.partner_id"],
    "after.sales.repair.consent": ["repair_id.station_id.partner_id"],
    "after.sales.settlement": ["station_id.partner_id"],
    "after.sales.settlement.line": ["settlement_id.station_id.partner_id"],
    "after.sales.old.part": ["station_id.partner_id"],
    "after.sales.part.shipment": ["station_id.partner_id"],
    "after.sales.part.shipment.line": ["shipment_id.station_id.partner_id"],
    "after.sales.claim.request": ["claim_id.station_id.partner_id"],
    "after.sales.station.stock": ["station_id.partner_id"],
    "after.sales.transfer": ["receiver_partner_id", "partner_id"],
    "after.sales.transfer.line": [
        "transfer_id.receiver_partner_id",
        "transfer_id.partner_id",
    ],
    "after.sales.responsibility": ["supplier_id.partner_id"],
    "after.sales.responsibility.proof": ["responsibility_id.supplier_id.partner_id"],
    "after.sales.recovery": ["supplier_id.partner_id"],
    "after.sales.recovery.line": ["recovery_id.supplier_id.partner_id"],
    "stock.lot": ["sold_station_id.partner_id"],
    "sales.complaint": ["partner_id"],
    "sales.complaint.photo": ["complaint_id.partner_id"],
    "sales.notice": ["receipt_ids.user_id"],
    "sales.notice.receipt": ["user_id"],
    "sales.notice.reply": ["user_id"],
}
#: stands in the texts of every document of a station or supplier, with its code
MARK = "QQ{}QQ"


class PortalWorld(AfterSalesCommon):
    """Two stations and two suppliers, each with a document of every kind, so that what
    one of them must not see is there to be seen.

    ``parties`` are ``{code: portal user}``; every text that only one of them may read
    holds ``MARK.format(code)``, every photo is of a colour of its own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["after.sales.old.part.policy"].search([]).active = False
        cls.env["after.sales.old.part.policy"].create({"product_id": cls.pump.id})
        cls.works, cls.works_2 = cls.env["res.partner"].create(
            [
                {"name": f"Pump Works {MARK.format(code)}", "is_company": True}
                for code in ("W1", "W2")
            ]
        )
        cls.supplier, cls.supplier_2 = cls.env["after.sales.supplier"].create(
            [
                {"partner_id": works.id, "share_percent": 80}
                for works in (cls.works, cls.works_2)
            ]
        )
        cls.third_supplier = cls.env["after.sales.supplier"].create(
            {"partner_id": cls.env["res.partner"].create({"name": "Third Works"}).id}
        )
        cls.parties = {
            "S1": cls.owner,
            "S2": cls.rival,
            "W1": cls._create_contact("t_works", cls.works, "all"),
            "W2": cls._create_contact("t_works_2", cls.works_2, "all"),
        }
        cls._make_station_world("S1", cls.station, "red")
        cls._make_station_world("S2", cls.station_2, "blue")
        cls._make_suppliers_world()
        for code, person in cls.parties.items():
            cls._make_letters(code, person)
        for code in cls.parties:
            cls._make_missing(code)
        cls.env.flush_all()

    @classmethod
    def _make_station_world(cls, code, station, color):
        person, mark = cls.parties[code], MARK.format(code)
        station.partner_id.name = f"Garage {mark}"
        unit = cls._create_unit(f"U-{mark}", sold_station_id=station.id)
        texts = {
            "station_id": station.id,
            "lot_id": unit.id,
            "customer_name": f"Customer {mark}",
            "complaint": f"Complaint {mark}",
        }
        draft = cls._create_claim(photos=False, **texts)
        returned = cls._create_claim(photos=False, **texts)
        claim = cls._create_claim(photos=False, **texts)
        photos = cls.env["after.sales.claim.photo"]
        for document in (draft, returned, claim):
            photos._add_photo(document, f"{mark}.png", png(color, (9, 7)))
        (returned | claim).with_user(person).sudo().action_submit()
        returned.with_user(cls.auditor)._do_with_reason(
            "return", cls.return_reason, f"Why {mark}"
        )
        claim.with_user(cls.auditor).action_approve()
        shipment = cls.env["after.sales.part.shipment"]._pack_parts(claim.old_part_ids)
        shipment.write({"carrier": f"Carrier {mark}", "waybill": mark})
        settlements = cls.env["after.sales.settlement"].with_user(cls.clerk)
        settlements._start_month(cls.today, at_once=True)
        claim.settlement_id.with_user(cls.clerk).action_send()
        cls._make_transfer(texts, person)
        bay = cls.env["after.sales.bay"].create(
            {"name": f"Bay {mark}", "station_id": station.id}
        )
        repair = cls._create_repair(
            bay_id=bay.id,
            station_id=station.id,
            lot_id=unit.id,
            customer_name=f"Customer {mark}",
            complaint=f"Complaint {mark}",
        )
        cls.env["after.sales.repair.photo"]._add_photo(
            repair, f"{mark}.png", png(color, (7, 9))
        )
        steps = repair.with_user(person).sudo()
        steps.write({"inspection": f"Seen {mark}", "usage": 12000})
        steps.action_receive()
        steps.action_estimate()
        cls._sign(steps, "consent", f"Customer {mark}")
        for document in (claim, repair, claim.settlement_id):
            document.message_post(
                body=f"Message {mark}", subtype_xmlid="mail.mt_comment"
            )

    @classmethod
    def _make_transfer(cls, texts, person):
        """Urgent parts that the maker ships to a station."""
        request = {"product_id": cls.pump.id, "quantity": 1}
        claim = cls._create_claim(
            photos=False,
            kind="part_transfer",
            line_ids=False,
            request_ids=[Command.create(request)],
            **texts,
        )
        claim.with_user(person).sudo().action_submit()
        claim.with_user(cls.auditor).action_approve()
        transfer = claim._make_transfer()
        transfer.write({"way": "supplier", "supplier_id": cls.third_supplier.id})
        transfer.with_user(cls.auditor).action_order()

    @classmethod
    def _make_suppliers_world(cls):
        """Each supplier has answered for one claim of a third station, with a proof, is
        asked about another, and has the recovery of the first."""
        garage = cls.env["res.partner"].create({"name": "Garage Third"})
        station = cls.env["after.sales.station"].create(
            {"code": "TS3", "partner_id": garage.id, "labor_rate": 100}
        )
        answered = cls.env["after.sales.responsibility"]
        for code in ("W1", "W2"):
            person, mark = cls.parties[code], MARK.format(code)
            part = cls.env["product.product"].create(
                {
                    "name": "Part",
                    "is_spare_part": True,
                    "seller_ids": [
                        Command.create({"partner_id": person.commercial_partner_id.id})
                    ],
                }
            )
            first, second = (
                cls._make_asked(station, part, f"T-{code}-{n}") for n in range(2)
            )
            cls.env["after.sales.responsibility.proof"]._add_photo(
                first, f"{mark}.png", png("orange", (len(mark), ord(code[1])))
            )
            first.with_user(person).sudo().action_accept()
            first.with_user(cls.quality).action_decide()
            second.message_post(body=f"Message {mark}", subtype_xmlid="mail.mt_comment")
            answered |= first
        cls._make_unowned(station)
        recoveries = cls.env["after.sales.recovery"].with_user(cls.clerk)
        recoveries._start_month(cls.today, at_once=True)
        own = answered.supplier_id
        recoveries.search([("supplier_id", "in", own.ids)]).action_send()

    @classmethod
    def _make_asked(cls, station, part, serial):
        record = cls._make_responsibility(station, part, serial)
        record.with_user(cls.quality).action_ask()
        return record

    @classmethod
    def _make_unowned(cls, station):
        """The maker's own responsibility, without a supplier, is nobody's outside."""
        part = cls.env["product.product"].create({"name": "Own", "is_spare_part": True})
        record = cls._make_responsibility(station, part, "T-own")
        record.with_user(cls.quality).action_decide()

    @classmethod
    def _make_responsibility(cls, station, part, serial):
        line = {"product_id": part.id, "price_unit": 100, "is_causal": True}
        claim = cls._create_claim(
            photos=False,
            station_id=station.id,
            lot_id=cls._create_unit(serial, sold_station_id=station.id).id,
            line_ids=[Command.create(line)],
        )
        claim.action_submit()
        claim.with_user(cls.auditor).action_approve()
        return cls.env["after.sales.responsibility"]._prepare_claims(claim)

    @classmethod
    def _make_letters(cls, code, person):
        """What passes between the house and anybody: a complaint, a notice."""
        mark = MARK.format(code)
        complaint = (
            cls.env["sales.complaint"]
            .with_user(person)
            ._portal_create(
                {"subject": f"Complaint {mark}", "description": mark},
                [(f"{mark}.png", png("green", (len(mark), ord(code[0]))))],
            )
        )
        complaint.message_post(body=f"Message {mark}", subtype_xmlid="mail.mt_comment")
        notice = cls.env["sales.notice"].create(
            {"subject": f"Notice {mark}", "body": f"Text {mark}"}
        )
        cls.env["sales.notice.receipt"].create(
            {"notice_id": notice.id, "user_id": person.id}
        )
        notice.write({"state": "published"})
        notice.attachment_ids = [
            Command.create({"name": f"{mark}.txt", "raw": mark.encode()})
        ]
        notice.with_user(person)._do_reply(f"Reply {mark}")

    @classmethod
    def _make_missing(cls, code):
        """A bare record of each declared model that this world makes none of itself: a
        new model is looked at without a word here, as long as its required fields and
        its owner are all it takes."""
        for model in OWNERS:
            if cls._get_of_party(model, code):
                continue
            try:
                with cls.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    cls.env[model].create(cls._prepare_bare(model, code))
                    cls.env.flush_all()
            except (UserError, ValueError, TypeError, psycopg2.Error):
                cls.env.invalidate_all()

    @classmethod
    def _get_of_party(cls, model, code):
        """The first record of a model that is a party's; of one without owner, any."""
        records = cls.env[model].search([])
        if model not in OWNERS:
            return records[:1]
        family = cls._get_family(cls.parties[code])
        return records.filtered(lambda record: cls._get_owners(record) & family)[:1]

    @classmethod
    def _prepare_bare(cls, model, code):
        owners = {path.split(".")[0] for path in OWNERS[model]}
        known = cls.env[model].default_get(list(cls.env[model]._fields))
        vals = {}
        for name, field in cls.env[model]._fields.items():
            is_wanted = name in owners or field.required and name not in known
            if not is_wanted or field.compute or not field.store:
                continue
            if field.type == "many2one":
                vals[name] = cls._get_of_party(field.comodel_name, code).id
            elif field.type in ("char", "text", "html"):
                vals[name] = f"Text {MARK.format(code)}"
            elif field.type == "selection":
                vals[name] = field.get_values(cls.env)[0]
            elif field.type in ("date", "datetime"):
                vals[name] = cls.today
            elif field.type in ("integer", "float", "monetary"):
                vals[name] = 1
        return vals

    # ---------------------------------------------------------------------- owners

    @classmethod
    def _get_own_modules(cls):
        """Names of our installed addons, those of other apps included."""
        found = cls.env["ir.module.module"].search(
            [("author", "=", AUTHOR), ("state", "in", ("installed", "to upgrade"))]
        )
        return set(found.mapped("name"))

    @classmethod
    def _get_portal_models(cls):
        """Models with rows that the portal or the public reads by a row of ours."""
        ours = cls._get_own_modules()
        rows = cls.env["ir.model.access"].search([("perm_read", "=", True)])
        places = rows.get_external_id()
        outside = cls.env.ref("base.group_portal") | cls.env.ref("base.group_public")
        return {
            row.model_id.model
            for row in rows
            if places[row.id].split(".")[0] in ours
            and (not row.group_id or row.group_id in outside)
        }

    @classmethod
    def _get_owners(cls, record):
        partners = cls.env["res.partner"]
        for path in OWNERS[record._name]:
            owner = record.mapped(path)
            partners |= owner.partner_id if owner._name == "res.users" else owner
        return partners

    @classmethod
    def _get_family(cls, person):
        """The partners whose records a person may see."""
        commercial = person.partner_id.commercial_partner_id
        return cls.env["res.partner"].search([("id", "child_of", commercial.id)])

    def _get_foreign(self, model, person):
        """All records of a model that belong to somebody else, or to nobody."""
        family = self._get_family(person)
        return (
            self.env[model]
            .search([])
            .filtered(lambda record: not self._get_owners(record) & family)
        )

    def _get_own(self, model, person):
        return self.env[model].search([]) - self._get_foreign(model, person)

    def _get_foreign_marks(self, person):
        return [
            MARK.format(code)
            for code, other in self.parties.items()
            if other.partner_id.commercial_partner_id
            != person.partner_id.commercial_partner_id
        ]

    def _get_people(self):
        """Everybody who could look: the parties, and a contact without a role."""
        return [*self.parties.values(), self.mechanic, self.nobody]

    # ---------------------------------------------------------------------- checks

    def assertNothingForeign(self, answer, person):
        """No mark of another party in what somebody got.

        :param answer: text, bytes, or whatever a method returned
        """
        if isinstance(answer, BaseModel):
            answer = answer.ids and self._read_as(answer, person)
        text = answer.decode("latin-1") if isinstance(answer, bytes) else repr(answer)
        for mark in self._get_foreign_marks(person):
            self.assertNotIn(mark, text)

    @staticmethod
    def _read_as(records, person):
        """What a person learns of records that a method handed him."""
        try:
            return records.with_user(person).sudo(False).read()
        except AccessError:
            return ""

    def _get_readable_fields(self, records):
        """Names of the fields that may be read of records: not all of those that a
        portal user sees in ``fields_get`` lead to models that he reads."""
        names = []
        for name in records.fields_get():
            try:
                records.read([name])
            except AccessError:
                continue
            names.append(name)
        return names

    def _get_fingerprint(self):
        """The rows of all documents, to prove that nobody's attempt changed one."""
        self.env.flush_all()
        prints = {}
        for model in OWNERS:
            if not self.env[model]._auto:
                continue  # a view of other documents' rows
            self.env.cr.execute(
                SQL(
                    "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM %s t",
                    SQL.identifier(self.env[model]._table),
                )
            )
            prints[model] = self.env.cr.fetchone()[0]
        return prints
