from datetime import datetime, time, timedelta

from odoo import Command

from .common import AfterSalesCommon, png


class KindCommon(AfterSalesCommon):
    """Claims of the five kinds beside the appraisal, in which nothing is found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.station | cls.station_2).km_rate = 3
        cls.engine = cls.env["product.product"].create(
            {
                "name": "Engine E4",
                "is_spare_part": True,
                "is_main_part": True,
                "standard_price": 5000,
            }
        )
        cls.coverage.write(
            {
                "running_in_effect": "shorten",
                "running_in_days": 110,
                "running_in_usage": 15000,
                "shortened_months": 6,
            }
        )

    @classmethod
    def _get_moment(cls, day, hour, minute=0):
        """Wall clock of the company as stored."""
        return cls.company._to_sales_utc(datetime.combine(day, time(hour, minute)))

    @classmethod
    def _create_rescue(cls, **values):
        """60 km out in an hour, an hour of work, an hour back."""
        day = cls.today - timedelta(days=2)
        return cls._create_claim(
            **{
                "kind": "rescue",
                "rescue_place": "G6 km 41",
                "rescue_distance": 60,
                "departed_at": cls._get_moment(day, 8),
                "arrived_at": cls._get_moment(day, 9),
                "returned_at": cls._get_moment(day, 11),
                **values,
            }
        )

    @classmethod
    def _create_purchase(cls, granted=True, **values):
        """A pump bought for 300, granted and invoiced."""
        claim = cls._create_claim(
            **{
                "kind": "purchase",
                "purchase_reason": "The unit blocks a road",
                "line_ids": [
                    Command.create(
                        {
                            "line_type": "purchase",
                            "product_id": cls.pump.id,
                            "price_unit": 300,
                        }
                    )
                ],
                **values,
            }
        )
        if granted:
            claim.with_user(cls.mechanic).sudo().action_ask()
            claim.with_user(cls.auditor).action_grant()
            claim.write(
                {
                    "vendor_name": "Parts Shop",
                    "invoice_number": "FP-001",
                    "date_invoice": cls.today,
                    "invoice_amount": 300,
                }
            )
        return claim

    @classmethod
    def _create_card(cls, **values):
        return cls._create_claim(
            **{
                "kind": "running_in",
                "card_number": "C-77",
                "fault_id": False,
                "line_ids": [
                    Command.create(
                        {
                            "line_type": "labor",
                            "labor_id": cls.labor.id,
                            "quantity": 1,
                            "price_unit": 100,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _create_swap(cls, **values):
        return cls._create_claim(
            **{
                "kind": "major_assembly",
                "assembly_product_id": cls.engine.id,
                "assembly_old_serial": "E-OLD",
                "assembly_new_serial": "E-NEW",
                "line_ids": [
                    Command.create(
                        {
                            "line_type": "part",
                            "product_id": cls.engine.id,
                            "price_unit": 5000,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _create_request(cls, quantity=2, **values):
        return cls._create_claim(
            **{
                "kind": "part_transfer",
                "line_ids": False,
                "request_ids": [
                    Command.create({"product_id": cls.pump.id, "quantity": quantity})
                ],
                **values,
            }
        )

    def _submit(self, claim, *photos):
        """Submit with the photos its kind asks for."""
        model = self.env["after.sales.claim.photo"]
        for kind in photos:
            model._add_photo(claim, f"{kind}.png", png("yellow"), kind=kind)
        claim.with_user(self.mechanic).sudo().action_submit()
        return claim

    def _approve(self, claim):
        claim.with_user(self.auditor).action_approve()
        return claim

    def _find(self, claim, key):
        return claim.finding_ids.filtered(lambda row: row.key == key)
