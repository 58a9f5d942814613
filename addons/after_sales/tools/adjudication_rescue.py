"""Rules on roadside rescues 外出急救单 (AS-06, AS-08): is the trip as told plausible?

The facts of a claim hold ``rescue`` for claims of that kind only, a dict:

===================  ===================================================================
key                  value
===================  ===================================================================
``departed``         datetime, left the station; or None
``arrived``          datetime, reached the unit; or None
``returned``         datetime, back at the station; or None
``distance``         km, one way
``day``              date of the departure; or None
``overlaps``         list of ``(claim number, day)`` of other rescues of the station
``air_km``           km from station to phone as the crow flies; or None
===================  ===================================================================

A rule that does not concern a claim gives None. Limits are inclusive.
"""

from .adjudication import FAIL, PASS, WARN, Verdict, rule

#: km by which a phone may be wrong and a short way may wind
POSITION_SLACK = 3


def get_minutes(begin, end):
    """Whole and broken minutes from one moment to the next.

    >>> from datetime import datetime
    >>> get_minutes(datetime(2026, 5, 1, 8), datetime(2026, 5, 1, 9, 30))
    90.0
    """
    return (end - begin).total_seconds() / 60


def _is_told(trip):
    return bool(trip["departed"] and trip["arrived"] and trip["returned"])


@rule("rescue_times")
def check_rescue_times(facts, limit):
    """Departure, arrival and return follow each other, and the unit was repaired on
    the day of the trip or after it."""
    trip = facts.get("rescue")
    if trip is None:
        return None
    if not _is_told(trip):
        return Verdict(WARN, {"cause": "unknown"})
    figures = {"trip_date": trip["day"].isoformat()}
    if not trip["departed"] < trip["arrived"] <= trip["returned"]:
        return Verdict(FAIL, {**figures, "cause": "order"})
    if trip["day"] > facts["date_repair"]:
        repair = facts["date_repair"].isoformat()
        return Verdict(FAIL, {**figures, "cause": "day", "repair_date": repair})
    minutes = get_minutes(trip["departed"], trip["returned"])
    return Verdict(PASS, {**figures, "trip_hours": round(minutes / 60, 4)})


@rule("rescue_speed")
def check_rescue_speed(facts, limit):
    """There or back faster than ``limit`` km an hour. The way back takes at most the
    time from arrival to return, work included."""
    trip = facts.get("rescue")
    if trip is None:
        return None
    if not _is_told(trip):
        return Verdict(WARN, {"cause": "unknown"})
    shortest = min(
        get_minutes(trip["departed"], trip["arrived"]),
        get_minutes(trip["arrived"], trip["returned"]),
    )
    figures = {"distance": trip["distance"], "limit_speed": int(limit)}
    if shortest <= 0:
        level = FAIL if trip["distance"] else PASS
        return Verdict(level, {**figures, "cause": "no_time" if level == FAIL else ""})
    figures["speed"] = round(trip["distance"] * 60 / shortest)
    figures["minutes"] = round(shortest)
    if trip["distance"] * 60 > limit * shortest:
        return Verdict(FAIL, figures)
    return Verdict(PASS, figures)


@rule("rescue_distance")
def check_rescue_distance(facts, limit):
    """Farther away than stations are asked to drive, ``limit`` km one way."""
    trip = facts.get("rescue")
    if trip is None:
        return None
    figures = {"distance": trip["distance"], "limit_distance": int(limit)}
    return Verdict(FAIL if trip["distance"] > limit else PASS, figures)


@rule("rescue_position")
def check_rescue_position(facts, limit):
    """The distance claimed against the straight line from the station to where the
    phone was: the road is at most ``limit`` percent longer, and never shorter."""
    trip = facts.get("rescue")
    if trip is None or trip.get("air_km") is None:
        return None
    straight, distance = trip["air_km"], trip["distance"]
    most = straight * (1 + limit / 100) + POSITION_SLACK
    figures = {
        "distance": distance,
        "air_km": straight,
        "most_km": round(most, 1),
        "more_percent": int(limit),
    }
    if distance > most + 1e-9:
        return Verdict(FAIL, figures)
    if distance < straight - POSITION_SLACK - 1e-9:
        return Verdict(WARN, {**figures, "cause": "short"})
    return Verdict(PASS, figures)


@rule("rescue_overlap")
def check_rescue_overlap(facts, limit):
    """The station was out on another rescue at the same time; the first is named."""
    trip = facts.get("rescue")
    if trip is None:
        return None
    if not trip["overlaps"]:
        return Verdict(PASS, {})
    number, day = min(trip["overlaps"])
    figures = {
        "number": number,
        "other_date": day.isoformat(),
        "count": len(trip["overlaps"]),
    }
    return Verdict(FAIL, figures)
