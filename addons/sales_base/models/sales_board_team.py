# pylint: disable=consider-merging-classes-inherited
# Own file: the board of a superior over his people.
from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class SalesBoard(models.AbstractModel):
    """SA-01: a superior sees what waits with whom, and who has too much."""

    _inherit = "sales.board"

    @api.model
    def _has_team(self):
        """Hook: whether the current user looks after the work of others."""
        return False

    @api.model
    @api.readonly
    def get_team(self):
        """What waits with each person, one statement a lane.

        :returns: ``{"lanes": [{"key", "title", "icon", "model", "action", "domain",
            "owner"}], "people": [{"id", "name", "total", "level", "counts": {key:
            count}}], "limit": int}``, the people with the most work first; a person
            without an id is nobody, to whom the work is yet to be given
        :raises AccessError: the user looks after nobody
        """
        if not self._has_team():
            raise AccessError(self.env._("Only superiors see the work of a team."))
        lanes = [lane for lane in self._get_shown_lanes() if lane.get("owner")]
        counts = defaultdict(dict)
        for lane in lanes:
            for person, count in self._count_owners(lane):
                counts[person][lane["key"]] = count
        limit = self.env.company.sales_board_load_limit
        people = [
            self._get_team_member(person, by_lane, limit)
            for person, by_lane in counts.items()
        ]
        return {
            "lanes": [
                {
                    "key": lane["key"],
                    "title": lane["title"],
                    "icon": lane.get("icon", "fa-list"),
                    "model": lane["model"],
                    "action": lane.get("action", False),
                    "domain": list(self._get_team_domain(lane)),
                    "owner": lane["owner"],
                }
                for lane in lanes
            ],
            "people": sorted(people, key=lambda one: (-one["total"], one["name"])),
            "limit": limit,
        }

    @api.model
    def _get_team_domain(self, lane):
        return Domain(lane.get("team_domain", lane["domain"]))

    @api.model
    def _count_owners(self, lane):
        groups = self.env[lane["model"]]._read_group(
            self._get_team_domain(lane), [lane["owner"]], ["__count"]
        )
        return [(user, count) for user, count in groups]

    @api.model
    def _get_team_member(self, person, by_lane, limit):
        total = sum(by_lane.values())
        if limit and total > limit:
            level = "danger"
        elif limit and total > 0.8 * limit:
            level = "warning"
        else:
            level = "success"
        return {
            "id": person.id,
            "name": person.name or self.env._("Nobody yet"),
            "total": total,
            "level": level,
            "counts": by_lane,
        }
