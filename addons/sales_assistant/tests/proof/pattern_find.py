"""Made-up histories as the check reads them: the only place where both meet."""

from ...tools import pattern


def find(history, order):
    """Kinds of deviation the check finds."""
    past = [_convert(one, place) for place, one in enumerate(history, 1)]
    return [one.key for one in pattern.judge(past, _convert(order, 0))]


def _convert(order, number):
    return pattern.Past(
        number,
        order.day.toordinal(),
        order.address,
        [
            pattern.Item(
                line.product, line.quantity, line.price, line.list_price, False, 0
            )
            for line in order.lines
        ],
    )
