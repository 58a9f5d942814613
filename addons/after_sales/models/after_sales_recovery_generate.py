# pylint: disable=consider-merging-classes-inherited
# Own file: how recoveries come about is one concept, their life another.
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.sales_base.tools.period import month_of

from .after_sales_recovery import CLERK

RUN_KIND = "after_sales_recovery"
#: where a part is that the supplier can look at
WITH_SUPPLIER = ("forwarded", "written_off")


class AfterSalesRecovery(models.Model):
    """The recoveries of a month (AS-13, F-15)."""

    _inherit = "after.sales.recovery"

    @api.model
    def _get_recoverable_domain(self, company, date_to):
        """Decided until the end of the month, not recovered, not in dispute; where the
        supplier wants the part back, the part is with it."""
        return [
            *self._get_unrecovered_domain(company, date_to),
            *self._get_part_domain(),
        ]

    @api.model
    def _get_unrecovered_domain(self, company, date_to):
        return [
            ("company_id", "=", company.id),
            ("state", "=", "decided"),
            ("is_closed", "=", False),
            ("recovery_id", "=", False),
            ("date_decided", "<=", date_to),
            ("recovery_line_ids", "not any", [("state", "=", "disputed")]),
        ]

    @api.model
    def _get_part_domain(self):
        """Responsibilities whose part, if it is wanted back, is with the supplier."""
        owed = [("state", "not in", WITH_SUPPLIER)]
        return list(
            Domain("wants_part", "=", False)
            | Domain("claim_line_id", "=", False)
            | Domain("claim_line_id.old_part_ids", "not any", owed)
        )

    @api.model
    def _start_month(self, day, at_once=False):
        """Start the recoveries of the month in which ``day`` lies.

        :param date day: any day of the month
        :param bool at_once: a small set, now
        :returns: ``sales.run``
        """
        month = month_of(day)
        # sudo: recoveries are made by the system, for whoever starts the month
        self.sudo()._take_charges(self.env.company, *month)
        return self.env["sales.run"]._start_month(RUN_KIND, month, at_once)

    @api.model
    def _recover(self, responsibilities, date_from, date_to):
        """Put decided responsibilities into the open recovery of their supplier, month
        and currency; makes the recovery where there is none.

        :param responsibilities: of one company, locked
        :returns: those left out: their month was sent already
        """
        if not responsibilities:
            return responsibilities
        # sudo: lines belong to the system; the rights were asked when the run began
        lines_sudo = self.env["after.sales.recovery.line"].sudo()
        lines = lines_sudo._get_or_create(responsibilities, date_to)
        recoveries = self._get_of_month(lines, date_from, date_to)
        taken = responsibilities.browse()
        for key, own in lines.grouped(
            lambda line: (line.supplier_id, line.currency_id)
        ).items():
            recovery = recoveries[key]
            if recovery.state != "draft":
                continue
            own.write({"recovery_id": recovery.id})
            own.responsibility_id.write({"recovery_id": recovery.id})
            taken |= own.responsibility_id
        return responsibilities - taken.with_env(responsibilities.env)

    @api.model
    def _get_of_month(self, lines, date_from, date_to):
        """Recoveries of the month for the suppliers and currencies of ``lines``.

        :returns: {(supplier, currency): recovery}
        """
        keys = list(lines.grouped(lambda line: (line.supplier_id, line.currency_id)))
        known = self.search(
            [
                ("date_from", "=", date_from),
                ("supplier_id", "in", lines.supplier_id.ids),
                ("state", "!=", "cancelled"),
            ]
        )
        found = {(row.supplier_id, row.currency_id): row for row in known}
        missing = [key for key in keys if key not in found]
        created = self.create(
            [
                {
                    "company_id": supplier.company_id.id,
                    "supplier_id": supplier.id,
                    "currency_id": currency.id,
                    "date_from": date_from,
                    "date_to": date_to,
                }
                for supplier, currency in missing
            ]
        )
        found.update(zip(missing, created, strict=True))
        return found

    @api.model
    def _cron_recover(self):
        """On the first days of a month: start last month's recoveries of each company
        that has something to recover."""
        for company in self.env["res.company"].search([]):
            own = self.with_company(company)
            month = own._get_last_month(company)
            domain = own._get_recoverable_domain(company, month.last)
            if self.env["after.sales.responsibility"].search_count(
                domain, limit=1
            ) or own._get_open_charges(company, month.last, limit=1):
                own._start_month(month.first)

    @api.model
    def _get_last_month(self, company):
        first = month_of(company._get_sales_today()).first
        return month_of(fields.Date.subtract(first, days=1))

    @api.model
    def action_recover_last_month(self):
        """Button of the list: recover last month now if it is little, else queue."""
        if not self.env.user.has_group(CLERK):
            raise AccessError(self.env._("Only a clerk recovers from suppliers."))
        company = self.env.company
        month = self._get_last_month(company)
        domain = self._get_recoverable_domain(company, month.last)
        responsibilities = self.env["after.sales.responsibility"]
        few = responsibilities.search_count(domain, limit=1001) <= 1000
        run = self._start_month(month.first, at_once=few)
        return run._open_run(self.env._("Supplier Recovery"), few)
