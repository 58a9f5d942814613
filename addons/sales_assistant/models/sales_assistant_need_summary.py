# pylint: disable=consider-merging-classes-inherited
# Own file: the figures of the report, apart from what a need is.
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

#: products named, and open needs listed
PRODUCTS, OPEN_NEEDS = 10, 40


class SalesAssistantNeed(models.Model):
    """The figures of the report on customer needs 客户需求情况分析报告 (SA-04): what is
    asked for most, by whom, against the time before, and what is not answered.

    Source: S1 篇九.
    """

    _inherit = "sales.assistant.need"

    @api.model
    def _get_summary_domain(self, company, first, last):
        return (
            Domain("company_id", "=", company.id)
            & Domain("date", ">=", first)
            & Domain("date", "<=", last)
        )

    @api.model
    def _get_summary(self, company, first, last):
        """Needs noted from ``first`` to ``last``, as far as the user sees them.

        :returns: dict with ``total``, ``before``, ``customers``, ``open`` (numbers),
            ``categories`` (dicts with ``category``, ``count``, ``customers``,
            ``before``, ``open``, ``percent``), ``products`` (product, needs, customers,
            quantity), ``grades`` and ``countries`` (record, needs, customers) and
            ``open_needs`` (records, the oldest first)
        """
        domain = self._get_summary_domain(company, first, last)
        length = last - first + timedelta(days=1)
        earlier = self._get_summary_domain(company, first - length, last - length)
        unanswered = domain & Domain("is_answered", "=", False)
        people = "commercial_partner_id:count_distinct"
        [(total, customers)] = self._read_group(domain, [], ["__count", people])
        before = dict(self._read_group(earlier, ["category_id"], ["__count"]))
        still_open = dict(self._read_group(unanswered, ["category_id"], ["__count"]))
        categories = [
            {
                "category": category,
                "count": count,
                "customers": askers,
                "before": before.get(category, 0),
                "open": still_open.get(category, 0),
                "percent": 100 * count / total,
            }
            for category, count, askers in self._read_group(
                domain, ["category_id"], ["__count", people]
            )
        ]
        return {
            "total": total,
            "before": sum(before.values()),
            "customers": customers,
            "open": sum(still_open.values()),
            "categories": sorted(categories, key=lambda row: -row["count"]),
            "products": self._read_group(
                domain & Domain("product_id", "!=", False),
                ["product_id"],
                ["__count", people, "quantity:sum"],
                order="__count desc, product_id",
                limit=PRODUCTS,
            ),
            "grades": self._read_group(domain, ["grade_id"], ["__count", people]),
            "countries": self._read_group(
                domain, ["country_id"], ["__count", people], order="__count desc"
            ),
            "open_needs": self.search(unanswered, order="date, id", limit=OPEN_NEEDS),
        }
