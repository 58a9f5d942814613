"""What a check finds in made-up histories, counted against the truth."""

from collections import Counter

from .pattern_world import SEEN, SIZED

#: a deviation of so many of the customer's own spreads has to be found
SIZE = 4
#: histories by their number of orders
CLASSES = (5, 10, 20, 40)


class Figures:
    """:param find: ``find(history, order)`` returning the kinds of deviation found"""

    def __init__(self, find):
        self.find = find
        self.orders, self.flagged = Counter(), Counter()
        self.sizes, self.kinds = {}, {}
        self.large = [0, 0]

    def add(self, case):
        found = set(self.find(case.history, case.order))
        if case.kind is None:
            length = max(n for n in CLASSES if n <= len(case.history))
            self.orders[length] += 1
            self.flagged[length] += bool(found)
            return
        hit = case.kind in found
        self._count(self.kinds, case.kind, hit)
        if case.size is not None:
            self._count(self.sizes, (case.kind, min(round(case.size), 10)), hit)
            if case.size >= SIZE:
                self.large[0] += hit
                self.large[1] += 1

    @staticmethod
    def _count(table, key, hit):
        row = table.setdefault(key, [0, 0])
        row[0] += hit
        row[1] += 1

    @property
    def flagged_share(self):
        """Usual orders flagged, in percent of all usual orders."""
        return 100 * self.flagged.total() / self.orders.total()

    @property
    def found_share(self):
        """Found of the deviations of ``SIZE`` spreads and more, in percent."""
        return 100 * self.large[0] / self.large[1]

    def lines(self):
        yield (
            f"usual orders flagged: {self.flagged_share:.2f} % of {self.orders.total()}"
            + "".join(
                f"; from {n} orders {100 * self.flagged[n] / self.orders[n]:.1f} %"
                for n in CLASSES
                if self.orders[n]
            )
        )
        yield (
            f"deviations of {SIZE} spreads and more found: {self.found_share:.1f} % of "
            f"{self.large[1]}"
        )
        for kind in SIZED:
            curve = [
                f"{size}: {100 * hits / count:.0f} %"
                for (name, size), (hits, count) in sorted(self.sizes.items())
                if name == kind
            ]
            yield f"{kind} by size: {', '.join(curve)}"
        for kind in SEEN:
            hits, count = self.kinds.get(kind, (0, 0))
            if count:
                yield f"{kind} never seen before: {100 * hits / count:.0f} % of {count}"


def measure(world, customers, find):
    """:rtype: Figures"""
    figures = Figures(find)
    for number in range(customers):
        for case in world.make_cases(number):
            figures.add(case)
    return figures
