from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import OrderedSet

#: rows a lane shows; the rest is one click away
LANE_ROWS = 5


class SalesBoard(models.AbstractModel):
    """The board an app opens on: lanes of work, most urgent first.

    An app inherits this model under its own name and gives its lanes. Count and rows
    of a lane share one domain: two statements a lane, whatever the number of records.
    """

    _name = "sales.board"
    _description = "Board"

    @api.model
    def _get_lanes(self):
        """Hook: the lanes in display order.

        :returns: list of dicts

            * ``key``: unique on the board
            * ``title``: text
            * ``icon``: Font Awesome class, such as ``fa-phone``
            * ``model``: model name
            * ``domain``: what the lane holds, for count, rows and the list behind;
              where it is not given, that of ``key`` among ``_get_lane_domains``
            * ``order``: most urgent first
            * ``fields``: names read for the rows, fetched with the search
            * ``row``: function of a record returning ``{"title", "subtitle", "reason",
              "level"}``; the level is one of danger, warning, info, muted; ``actions``
              of a row stand instead of the lane's
            * ``actions``: optional list of ``{"method", "title", "icon"}``, the buttons
              of a row
            * ``action``: optional external id of the window action that opens the list
            * ``row_action``: optional external id of the action that opens a row, not
              its form, with ``active_id`` and ``lane`` in its context
            * ``groups``: optional groups, any of which sees the lane
            * ``owner``: optional name of the field with the person who has the work;
              the lane counts in the view of the team
            * ``team_domain``: optional, what counts there; as a rule ``domain``
            * ``snooze``: optional, False where nothing can be put off
            * ``empty``: optional text for an empty lane
        """
        return []

    @api.model
    def _get_lane_domains(self):
        """Hook: ``{key: domain}`` of lanes and figures that say the same: what is
        counted is what is listed."""
        return {}

    @api.model
    def _get_figures(self):
        """Hook: the figures above the lanes.

        :returns: list of dicts ``{"key", "title", "value", "level", "action"}``, values
            as texts, the action an external id
        """
        return []

    @api.model
    @api.readonly
    def get_board(self):
        """What the board shows to the current user.

        :returns: ``{"figures": [...], "lanes": [...], "snoozed": count, "team": bool}``
            with lanes as ``{"key", "title", "icon", "model", "domain", "count", "rows",
            "actions", "action", "row_action", "empty", "snooze"}``
        """
        lanes = self._get_shown_lanes()
        return {
            "figures": self._get_shown_figures(),
            "snoozed": self._leave_out_snoozed(lanes),
            "lanes": self._read_lanes(lanes),
            "team": self._has_team(),
        }

    @api.model
    def _leave_out_snoozed(self, lanes):
        """Take what the user has put off out of the domains of ``lanes``.

        :returns: how many documents he has put off
        """
        snoozes = self.env["sales.snooze"]
        snoozed = snoozes._get_snoozed_ids()
        models_shown = {lane["model"] for lane in lanes}
        for lane in lanes:
            lane["snooze"] = lane.get("snooze", True) and snoozes._can_snooze(
                lane["model"]
            )
            if lane["snooze"] and lane["model"] in snoozed:
                lane["domain"] = Domain(lane["domain"]) & Domain(
                    "id", "not in", snoozed[lane["model"]]
                )
        return sum(len(ids) for model, ids in snoozed.items() if model in models_shown)

    @api.model
    def _get_shown_lanes(self):
        """Hook: the lanes the current user sees, in the order in which he works."""
        domains = self._get_lane_domains()
        return [
            {"domain": domains.get(lane["key"]), **lane}
            for lane in self._get_lanes()
            if not lane.get("groups") or self.env.user.has_groups(lane["groups"])
        ]

    @api.model
    def _get_shown_figures(self):
        """Hook: the figures the current user looks at."""
        return self._get_figures()

    @api.model
    def _read_lanes(self, lanes):
        """Search first, then show: what the rows of all lanes name is read at once."""
        found = [self._find_rows(lane) for lane in lanes]
        prefetch = defaultdict(OrderedSet)
        for records in found:
            prefetch[records._name].update(records.ids)
        return [
            self._read_lane(lane, records.with_prefetch(prefetch[records._name]))
            for lane, records in zip(lanes, found, strict=True)
        ]

    @api.model
    def _find_rows(self, lane):
        return self.env[lane["model"]].search_fetch(
            list(lane["domain"]),
            lane.get("fields", ["display_name"]),
            order=lane["order"],
            limit=LANE_ROWS,
        )

    @api.model
    def _read_lane(self, lane, records):
        domain = list(lane["domain"])
        count = len(records)
        if count == LANE_ROWS:
            count = records.search_count(domain)
        return {
            "key": lane["key"],
            "title": lane["title"],
            "icon": lane.get("icon", "fa-list"),
            "model": lane["model"],
            "domain": domain,
            "count": count,
            "rows": [
                {"id": record.id, "level": "muted", **lane["row"](record)}
                for record in records
            ],
            "actions": lane.get("actions", []),
            "action": lane.get("action", False),
            "row_action": lane.get("row_action", False),
            "empty": lane.get("empty", ""),
            "snooze": lane["snooze"],
        }
