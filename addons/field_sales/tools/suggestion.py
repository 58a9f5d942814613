"""The suggested order of one SKU at one store (FS-12).

Source: S1, 五、销售产品: 本期应订货量=(上期库存+上期订货量-本期库存)* 1.5-本期库存.
The same rule stands in ``static/src/tools/suggestion.js``; one table of cases tests
both.
"""

from math import ceil, floor

DIGITS = 2


def suggest(facts):
    """Quantity to order, with every figure on the way.

    :param dict facts:

        * ``stock``: counted now, shelf and stock room
        * ``last_stock``, ``last_order``: of the last visit; ``last_stock`` is None
          when there is none
        * ``days``: days since the last visit
        * ``factor``: 1.5 in the source
        * ``case``: units in a case; 0 or 1: single units
        * ``safety``: safety stock
        * ``shelf_life``: days a fresh unit keeps, 0: does not expire

    :returns: the facts and ``sold`` (None without a last visit), ``wanted`` (by the
        formula, never below 0), ``raised`` (to the safety stock), ``rounded`` (up to
        the case), ``limit`` (what sells before it expires, None: no limit) and
        ``quantity``
    :rtype: dict

    >>> suggest(dict(stock=30, last_stock=40, last_order=24, days=7, factor=1.5,
    ...     case=12, safety=10, shelf_life=0))["quantity"]
    24
    """
    stock, case = facts["stock"], facts["case"] or 1
    sold, wanted, limit = None, 0, None
    if facts["last_stock"] is not None:
        sold = _round(facts["last_stock"] + facts["last_order"] - stock)
        wanted = max(_round(sold * facts["factor"] - stock), 0)
    raised = max(wanted, _round(facts["safety"] - stock), 0)
    rounded = _round(ceil(_round(raised / case)) * case)
    quantity = rounded
    if sold and sold > 0 and facts["shelf_life"] and facts["days"] > 0:
        sellable = sold / facts["days"] * facts["shelf_life"] - stock
        limit = max(_round(floor(_round(sellable / case)) * case), 0)
        quantity = min(rounded, limit)
    return {
        **facts,
        "sold": sold,
        "wanted": wanted,
        "raised": raised,
        "rounded": rounded,
        "limit": limit,
        "quantity": quantity,
    }


def _round(value):
    """Two decimals, away from the last bits of binary fractions; whole numbers as such,
    so that they print without a point."""
    rounded = floor(value * 10**DIGITS + 0.5 + 1e-9) / 10**DIGITS
    return int(rounded) if rounded == int(rounded) else rounded
