"""Brings the made-up world into a database: catalogues, units, claims with evidence."""

from odoo import Command
from odoo.tools import mute_logger

from .world import ONLY, STATIONS, VEHICLES

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00"
    b"\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00"
    b"\x00\x00\x00IEND\xaeB`\x82"
)


class Loader:
    """:param odoo.api.Environment env: of the superuser, in the company of the proof"""

    def __init__(self, env, catalogue):
        self.env = env(context={**env.context, "tracking_disable": True})
        self.company, self.catalogue = env.company, catalogue
        self.stations = self._create_stations()
        self.products = self._create_vehicles()
        self.parts = self._create_parts()
        self._create_coverage()
        self.faults = self._create_faults()
        self.operations = self._create_operations()

    def _create(self, model, keys, values):
        """``{key: record}`` of records created in one go."""
        return dict(zip(keys, self.env[model].create(values), strict=True))

    # ---------------------------------------------------------------- catalogues

    def _create_stations(self):
        names = sorted({station.region for station in STATIONS})
        regions = self._create("sales.region", names, [{"name": n} for n in names])
        keys = [station.key for station in STATIONS]
        partners = self._create(
            "res.partner", keys, [{"name": key, "is_company": True} for key in keys]
        )
        return self._create(
            "after.sales.station",
            keys,
            [
                {
                    "code": f"PROOF-{station.key}",
                    "partner_id": partners[station.key].id,
                    "region_id": regions[station.region].id,
                    "labor_rate": station.rate,
                    "authority_amount": station.authority,
                }
                for station in STATIONS
            ],
        )

    def _create_vehicles(self):
        return self._create(
            "product.product",
            [vehicle.key for vehicle in VEHICLES],
            [
                {
                    "name": f"Proof {vehicle.key}",
                    "is_storable": True,
                    "tracking": "serial",
                    "usage_unit": vehicle.unit,
                }
                for vehicle in VEHICLES
            ],
        )

    def _create_parts(self):
        return self._create(
            "product.product",
            list(self.catalogue.parts),
            [
                {
                    "name": part.key,
                    "is_spare_part": True,
                    "claim_price_limit": part.limit or 0.0,
                    "standard_price": part.cost or 0.0,
                    "claim_quantity_limit": part.most,
                }
                for part in self.catalogue.parts.values()
            ],
        )

    def _create_coverage(self):
        own = [
            part
            for part in self.catalogue.parts.values()
            if part.excluded or part.months
        ]
        self.env["after.sales.coverage"].create(
            [
                {
                    "name": f"Proof {vehicle.key}",
                    "product_tmpl_id": self.products[vehicle.key].product_tmpl_id.id,
                    "months": vehicle.months,
                    "usage_limit": vehicle.usage,
                    "part_ids": [
                        Command.create(
                            {
                                "product_id": self.parts[part.key].id,
                                "is_excluded": part.excluded,
                                "months": part.months,
                                "usage_limit": vehicle.usage if part.months else 0,
                            }
                        )
                        for part in own
                    ],
                }
                for vehicle in VEHICLES
            ]
        )

    def _create_faults(self):
        return self._create(
            "after.sales.fault",
            [fault.key for fault in self.catalogue.faults],
            [
                {
                    "code": f"PROOF-{fault.key}",
                    "name": fault.key,
                    "part_ids": [
                        Command.set([self.parts[key].id for key in fault.parts])
                    ],
                }
                for fault in self.catalogue.faults
            ],
        )

    def _create_operations(self):
        """The general time of each operation, and the loader's own."""
        truck, loader = VEHICLES[0], VEHICLES[2]
        general = [fault.operation for fault in self.catalogue.faults]
        operations = self._create(
            "after.sales.labor",
            [*general, *ONLY],
            [
                {
                    "code": f"PROOF-{code}",
                    "name": code,
                    "standard_hours": self.catalogue.hours(code, truck),
                }
                for code in general
            ]
            + [
                {
                    "code": f"PROOF-{code}",
                    "name": code,
                    "standard_hours": 2.0,
                    "product_tmpl_id": self.products[key].product_tmpl_id.id,
                }
                for code, key in ONLY.items()
            ],
        )
        self.env["after.sales.labor"].create(
            [
                {
                    "code": f"PROOF-{code}",
                    "name": code,
                    "standard_hours": self.catalogue.hours(code, loader),
                    "product_tmpl_id": self.products[loader.key].product_tmpl_id.id,
                }
                for code in general
            ]
        )
        return operations

    # -------------------------------------------------------------------- claims

    def load(self, claims):
        """Drafts with their evidence, and what is known of their units.

        :param list claims: of the world
        :returns: ``after.sales.claim``, in their order
        """
        with mute_logger("odoo.models.unlink"):
            lots = self._create_lots(claims)
            self._create_readings(claims, lots)
            self._create_earlier(claims, lots)
            records = self.env["after.sales.claim"].create(
                [
                    self._prepare_claim(claim, lot)
                    for claim, lot in zip(claims, lots, strict=True)
                ]
            )
            self._create_evidence(claims, records)
        return records

    def load_history(self, claims):
        """Claims that were approved as they stood."""
        lots = self._create_lots(claims)
        records = self.env["after.sales.claim"].create(
            [
                self._prepare_claim(claim, lot)
                for claim, lot in zip(claims, lots, strict=True)
            ]
        )
        self._approve(records, [claim.day for claim in claims])
        return records

    def _create_lots(self, claims):
        return self.env["stock.lot"].create(
            [
                {
                    "name": f"U-{claim.number}",
                    "product_id": self.products[claim.vehicle.key].id,
                    "company_id": self.company.id,
                    "date_sold": claim.sold,
                    "sold_station_id": self.stations[claim.selling.key].id
                    if claim.selling
                    else False,
                }
                for claim in claims
            ]
        )

    def _create_readings(self, claims, lots):
        self.env["after.sales.usage.reading"].create(
            [
                {"lot_id": lot.id, "date": day, "value": value}
                for claim, lot in zip(claims, lots, strict=True)
                for day, value in claim.readings
            ]
        )

    def _create_earlier(self, claims, lots):
        rows = [
            (f"{claim.number}E{n}", earlier, lot)
            for claim, lot in zip(claims, lots, strict=True)
            for n, earlier in enumerate(claim.earlier)
        ]
        records = self.env["after.sales.claim"].create(
            [
                {
                    "name": number,
                    "station_id": self.stations[earlier.station.key].id,
                    "lot_id": lot.id,
                    "date_repair": earlier.day,
                    "fault_id": self.faults[earlier.fault].id,
                    "line_ids": [
                        Command.create(
                            {
                                "product_id": self.parts[earlier.part].id,
                                "price_unit": earlier.amount,
                            }
                        )
                    ],
                }
                for number, earlier, lot in rows
            ]
        )
        self._approve(records, [earlier.day for _number, earlier, _lot in rows])

    def _approve(self, records, days):
        records.line_ids.write({"decision": "approved"})
        records.write({"state": "approved"})
        for record, day in zip(records, days, strict=True):
            record.write({"date_approved": day, "submitted_at": day, "revision": 1})

    def _prepare_claim(self, claim, lot):
        return {
            "name": claim.number,
            "station_id": self.stations[claim.station.key].id,
            "lot_id": lot.id,
            "date_repair": claim.day,
            "usage": claim.usage,
            "fault_id": self.faults[claim.fault.key].id,
            "line_ids": [
                Command.create(self._prepare_line(line)) for line in claim.lines
            ],
        }

    def _prepare_line(self, line):
        values = {
            "line_type": line.kind,
            "quantity": line.quantity,
            "price_unit": line.price,
        }
        if line.kind == "part":
            values["product_id"] = self.parts[line.item].id
        elif line.item:
            values["labor_id"] = self.operations[line.item].id
        else:
            values["name"] = "In words only"
        return values

    def _create_evidence(self, claims, records):
        rows = [
            (record, claim.evidence)
            for claim, record in zip(claims, records, strict=True)
            if claim.evidence
        ]
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": "proof.png",
                    "raw": PICTURE,
                    "mimetype": "image/png",
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for record, _kinds in rows
            ]
        )
        self.env["after.sales.claim.photo"].create(
            [
                {"claim_id": record.id, "attachment_id": file.id, "kind": kind}
                for (record, kinds), file in zip(rows, files, strict=True)
                for kind in kinds
            ]
        )
