"""What the policy made of the claims, held against the truth."""

from dataclasses import dataclass, field

from .truth import LOOKS, SHOWS_AS, tell

#: what a rule may name, in the words of the truth
NAMES = {
    "coverage": {"date", "early", "usage", "part_term", "excluded"},
    "duplicate": {"duplicate"},
    "labor_time": {"hours", "labor"},
    "labor_rate": {"rate"},
    "part_price": {"price"},
    "part_quantity": {"quantity"},
    "extra_cost": {"padded"},
    "cost_outlier": {"padded", "hours", "price", "rate", "quantity"},
    "operation": {"operation"},
    "fault_part": {"unfit"},
    "evidence": {"evidence"},
    "late": {"late"},
    "usage_backwards": {"backwards"},
    "usage_after": {"after"},
    "usage_rate": {"daily"},
    "foreign_unit": {"foreign"},
    "repeated": {"repeated"},
    "two_stations": {"two_stations"},
    "split": {"split"},
    "authority": {"authority"},
}
#: the maker's own limits: who is over one is sent to a person on purpose
POLICY_LIMITS = {"authority"}


@dataclass
class Figures:
    """
    :param int count: claims
    :param int by_itself: approved, or returned naming nothing but true causes
    :param int honest: honest claims
    :param list overpaid: numbers of claims that were paid more than the truth allows
    :param list disturbed: honest ones returned or sent to a person, outside the audit
        sample and the limits of the policy; a fact that nobody knows, a far station
        and a large sum for travel are no such limit
    :param list misnamed: returned ones whose reason is not true
    :param dict kinds: {planted kind: [n, returned, to a person, approved]}
    """

    count: int = 0
    by_itself: int = 0
    honest: int = 0
    overpaid: list = field(default_factory=list)
    disturbed: list = field(default_factory=list)
    misnamed: list = field(default_factory=list)
    kinds: dict = field(default_factory=dict)
    results: dict = field(default_factory=dict)

    @property
    def share(self):
        return 100 * self.by_itself / self.count

    @property
    def disturbed_share(self):
        return 100 * len(self.disturbed) / self.honest

    def lines(self):
        """The figures as text, a line a kind."""
        yield (
            f"{self.count:,} claims: {self.share:.1f} % decided by themselves, "
            f"{len(self.overpaid)} paid too much, {self.disturbed_share:.2f} % of "
            f"{self.honest:,} honest ones disturbed, {len(self.misnamed)} misnamed"
        )
        yield "  " + ", ".join(f"{key} {n}" for key, n in sorted(self.results.items()))
        for kind, (n, returned, seen, approved) in sorted(self.kinds.items()):
            yield (
                f"  {kind:<14} n={n:<4} returned {returned:<4} person {seen:<4} "
                f"approved {approved}"
            )


def measure(claims, records, catalogue):
    """
    :param list claims: of the world
    :param records: what became of them, in the same order
    :rtype: Figures
    """
    figures = Figures(count=len(claims))
    for claim, record in zip(claims, records, strict=True):
        truth = tell(claim, catalogue)
        result = record.policy_result
        figures.results[result] = figures.results.get(result, 0) + 1
        named = _get_named(record)
        if result == "approved":
            figures.by_itself += 1
            if record.amount_approved > truth.allowed + 0.005:
                figures.overpaid.append((claim.number, claim.planted))
        if result == "returned":
            if named and all(NAMES[key] & truth.causes for key in named):
                figures.by_itself += 1
            else:
                figures.misnamed.append((claim.number, claim.planted, named))
        if not claim.planted:
            figures.honest += 1
            is_seen = result == "rules" and not truth.looks & POLICY_LIMITS
            if result == "returned" or is_seen:
                figures.disturbed.append((claim.number, claim.near, named))
        for kind in claim.planted:
            row = figures.kinds.setdefault(kind, [0, 0, 0, 0])
            row[0] += 1
            row[{"returned": 1, "approved": 3}.get(result, 2)] += 1
    return figures


def _get_named(record):
    """Keys of the rules that broke: of a returned claim those that returned it."""
    return [
        finding.key
        for finding in record.finding_ids
        if finding.verdict != "pass"
        and (
            record.policy_result != "returned"
            or (finding.verdict == "fail" and finding.rule_id.consequence == "return")
        )
    ]


def check_world(claims, catalogue):
    """The world holds to what is asked of it: shares, and that the truth sees what was
    planted and nothing in an honest claim.

    :returns: list of what is wrong
    """
    wrong = []
    honest = [claim for claim in claims if not claim.planted]
    near = [claim for claim in honest if claim.near]
    if not 0.68 <= len(honest) / len(claims) <= 0.87:
        wrong.append(f"{len(honest)} of {len(claims)} are honest")
    if not 0.27 <= len(near) / len(honest) <= 0.40:
        wrong.append(f"{len(near)} of {len(honest)} honest ones are near a limit")
    for claim in claims:
        causes = tell(claim, catalogue).causes
        missing = {SHOWS_AS.get(kind, kind) for kind in claim.planted} - causes
        if missing or (not claim.planted and causes - LOOKS):
            wrong.append(f"{claim.number}: {claim.planted} shows as {set(causes)}")
    return wrong
