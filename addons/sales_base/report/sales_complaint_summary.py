# pylint: disable=consider-merging-classes-inherited
# Own file: the summary reads complaints, it is no part of their life.
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools import period as periods
from ..tools import sheet
from ..tools.pareto import pareto

#: months shown as the trend, the month of the summary included
TREND_MONTHS = 6
#: customers named as repeat customers
REPEAT_NAMED = 10


class SalesComplaint(models.Model):
    """The monthly summary (F-21): Pareto of categories, what dissatisfies most, trend,
    repeat customers, mean times."""

    _inherit = "sales.complaint"

    @api.model
    def _get_summary_title(self):
        return self.env._("Summary of Complaints")

    @api.model
    def _get_summary_domain(self, company, period):
        """Complaints received in the period, by the company's days; cancelled ones were
        none."""
        begin = company._get_sales_moment(period.first)
        end = company._get_sales_moment(period.last + timedelta(days=1))
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "!=", "cancelled")
            & Domain("received_at", ">=", begin)
            & Domain("received_at", "<", end)
        )

    @api.model
    def _get_summary(self, company, period):
        """Figures of one month, as far as the current user may read complaints.

        :param res.company company: whose complaints
        :param Period period: first and last day
        :returns: dict with ``company``, ``period``, ``total``, ``justified``,
            ``reopened``, ``late_response``, ``late_answer`` (numbers),
            ``respond_hours``, ``resolve_hours`` (means, or None), ``satisfaction``
            (mean of ``satisfaction_count`` scores, or None), ``categories`` (list of
            ``{"bar": Bar, "category", "justified", "open"}``), ``trend`` (list of
            (first day, count)), ``repeat`` (list of (customer, count))
        """
        domain = self._get_summary_domain(company, period)
        return {
            "company": company,
            "period": period,
            **self._get_summary_figures(domain),
            "categories": self._get_summary_categories(domain),
            "trend": self._get_summary_trend(company, period),
            "repeat": self._get_summary_repeat(domain),
        }

    @api.model
    def _get_summary_figures(self, domain):
        [(total, reopened)] = self._read_group(
            domain, [], ["__count", "reopen_count:sum"]
        )
        return {
            "total": total,
            "reopened": reopened or 0,
            "justified": self.search_count(
                domain & Domain("judgement", "=", "justified")
            ),
            "late_response": self.search_count(
                domain & Domain("is_respond_late", "=", True)
            ),
            "late_answer": self.search_count(
                domain & Domain("is_resolve_late", "=", True)
            ),
            **self._get_summary_means(domain),
        }

    @api.model
    def _get_summary_means(self, domain):
        """Each mean over those that have the figure: an open complaint has no time."""
        [(respond,)] = self._read_group(
            domain & Domain("responded_at", "!=", False), [], ["respond_hours:avg"]
        )
        [(resolve,)] = self._read_group(
            domain & Domain("answered_at", "!=", False), [], ["resolve_hours:avg"]
        )
        [(score, count)] = self._read_group(
            domain & Domain("state", "=", "closed"), [], ["satisfaction:avg", "__count"]
        )
        return {
            "respond_hours": respond,
            "resolve_hours": resolve,
            "satisfaction": score,
            "satisfaction_count": count,
        }

    @api.model
    def _get_summary_categories(self, domain):
        counts, details = {}, {}
        for category, judgement, state, count in self._read_group(
            domain, ["category_id", "judgement", "state"], ["__count"]
        ):
            counts[category] = counts.get(category, 0) + count
            detail = details.setdefault(category, {"justified": 0, "open": 0})
            detail["justified"] += count if judgement == "justified" else 0
            detail["open"] += count if state in ("new", "accepted") else 0
        return [
            {"bar": bar, "category": bar.key, **details[bar.key]}
            for bar in pareto(counts)
        ]

    @api.model
    def _get_summary_trend(self, company, period):
        months = [
            periods.month_of(periods.add_months(period.first, -back))
            for back in reversed(range(TREND_MONTHS))
        ]
        return [
            (month.first, self.search_count(self._get_summary_domain(company, month)))
            for month in months
        ]

    @api.model
    def _get_summary_repeat(self, domain):
        """Customers who complained more than once, the most frequent first."""
        return self._read_group(
            domain,
            ["commercial_partner_id"],
            ["__count"],
            having=[("__count", ">", 1)],
            order="__count DESC",
            limit=REPEAT_NAMED,
        )

    # -------------------------------------------------------------------- sheet

    @api.model
    def _write_summary_sheet(self, stream, summary):
        """The Pareto of a summary as XLSX.

        :param stream: binary file that can seek
        :param dict summary: see ``_get_summary``
        """
        _ = self.env._
        columns = [
            ("category", _("Category"), "text", False),
            ("count", _("Complaints"), "integer", True),
            ("percent", _("Share"), "percent", False),
            ("cumulated", _("Cumulated"), "percent", False),
            ("justified", _("Justified"), "integer", True),
            ("open", _("Open"), "integer", True),
        ]
        first, last = (format_date(self.env, day) for day in summary["period"])
        page = sheet.Sheet(
            title=self._get_summary_title(),
            columns=[
                sheet.Column(key, label, kind, total=total)
                for key, label, kind, total in columns
            ],
            notes=[
                _("Period: %(first)s – %(last)s", first=first, last=last),
                summary["company"].name,
            ],
            total_label=_("Total"),
        )
        rows = [
            [
                row["category"].display_name or _("Without category"),
                row["bar"].count,
                row["bar"].percent,
                row["bar"].cumulated_percent,
                row["justified"],
                row["open"],
            ]
            for row in summary["categories"]
        ]
        return sheet.write(stream, page, rows)


class ReportComplaintSummary(models.AbstractModel):
    """What the printed summary shows."""

    _name = "report.sales_base.report_complaint_summary_document"
    _description = "Summary of Complaints"

    @api.model
    def _get_report_values(self, docids, data=None):
        wizards = self.env["sales.complaint.summarize"].browse(docids)
        return {
            "docs": wizards,
            "summaries": {wizard.id: wizard._get_summary() for wizard in wizards},
        }
