from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: a station without a region is farther than any other
FAR = 99


class AfterSalesStationStock(models.Model):
    """What a station says it has of a part, and when it said so (AS-11). We do not keep
    the stock of stations; "nearest with stock" believes what they declare."""

    _name = "after.sales.station.stock"
    _description = "Declared Stock of a Station"
    _order = "product_id, station_id"
    _rec_name = "product_id"
    _check_company_auto = True

    station_id = fields.Many2one(
        "after.sales.station",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        related="station_id.partner_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="station_id.company_id", store=True, index=True
    )
    region_id = fields.Many2one(related="station_id.region_id")
    product_id = fields.Many2one(
        "product.product",
        "Part",
        required=True,
        index=True,
        domain=[("is_spare_part", "=", True)],
        check_company=True,
        ondelete="cascade",
    )
    quantity = fields.Float(required=True, digits="Product Unit")
    date = fields.Date("Declared On", readonly=True)

    _part_uniq = models.Constraint(
        "UNIQUE (station_id, product_id)", "This station has declared the part already."
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity >= 0)", "A stock is not negative."
    )

    def _prepare_create_values(self, vals_list):
        """A stock is declared on the day it is written down."""
        vals_list = super()._prepare_create_values(vals_list)
        stations = self.env["after.sales.station"]
        for vals in vals_list:
            # sudo: the company's day is no secret
            station_sudo = stations.sudo().browse(vals.get("station_id"))
            company = station_sudo.company_id or self.env.company
            vals["date"] = company._get_sales_today()
        return vals_list

    def write(self, vals):
        if "quantity" in vals and "date" not in vals:
            for company, rows in self.grouped("company_id").items():
                # sudo: the day of the declaration is written by the system
                rows.sudo().date = company._get_sales_today()
        return super().write(vals)

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name == "date" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _portal_declare(self, station, product_id, quantity):
        """A station says how many of a part it has.

        :param station: ``after.sales.station``, found with the user's rights
        :returns: the row in sudo
        :raises ValidationError: what is wrong
        """
        claims = self.env["after.sales.claim"]
        product = claims._portal_record("product.product", product_id)
        if not product.is_spare_part:
            raise ValidationError(self.env._("Choose a spare part from the list."))
        number = claims._portal_number(quantity, self.env._("Quantity"))
        # sudo: portal users declare through this method only
        rows_sudo = self.sudo()
        row = rows_sudo.search(
            [("station_id", "=", station.id), ("product_id", "=", product.id)]
        )
        if row:
            row.quantity = number
            return row
        return rows_sudo.create(
            {"station_id": station.id, "product_id": product.id, "quantity": number}
        )

    def _sort_by_distance(self, station):
        """These stocks, those of near stations first, then what was declared last.

        :param station: ``after.sales.station`` that needs the parts
        """
        return self.sorted(
            lambda row: (
                station._get_region_distance(row.station_id),
                -row.date.toordinal(),
                row.id,
            )
        )

    def action_choose(self):
        """Ship from this station; called from a shipment's form."""
        self.ensure_one()
        transfer = self.env["after.sales.transfer"].browse(
            self.env.context.get("transfer_id")
        )
        transfer.exists()._choose_station(self.station_id)


class AfterSalesStation(models.Model):
    """How far stations are from each other, as far as regions tell."""

    _inherit = "after.sales.station"

    stock_ids = fields.One2many(
        "after.sales.station.stock", "station_id", "Declared Stock"
    )

    def _get_region_distance(self, other):
        """Steps between two stations in the tree of regions.

        :rtype: int
        """
        own, others = (
            (station.region_id.parent_path or "").split("/")[:-1]
            for station in (self, other)
        )
        if not own or not others:
            return FAR
        common = len(set(own) & set(others))
        return len(own) + len(others) - 2 * common
