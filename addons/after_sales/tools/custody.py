"""The sealed chain of custody of replaced parts, without the ORM (B-02).

Every move of a part carries the hash of the one before; every day the heads that have
changed are sealed, and the seals are a chain themselves. What is checked here are plain
dicts, so that a verifier outside the application can do the same.
"""

import hashlib
import json
from collections import namedtuple

GENESIS = "0" * 64
#: characters of a hash that a tag prints
HEAD_LENGTH = 16
#: what of a move is sealed, in the order of the text that is hashed
MOVE_FIELDS = (
    "part_id",
    "part_name",
    "station_id",
    "product_id",
    "quantity",
    "sequence",
    "moved_at",
    "date",
    "user_id",
    "from_state",
    "to_state",
    "partner_id",
    "shipment_id",
    "condition",
    "note",
)
#: what of a daily seal is sealed
SEAL_FIELDS = ("company_id", "sequence", "date", "sealed_at", "entries")

#: A broken link: what kind, the part's (or seal's) name, the place in its chain.
Break = namedtuple("Break", "kind name sequence")


def hash_link(values, fields, previous):
    """Hash of a link.

    :param dict values: at least ``fields``; dates and moments as ISO texts
    :param fields: names in the order in which they are hashed
    :param str previous: hash of the link before, ``GENESIS`` for the first
    :returns: 64 hexadecimal digits

    >>> hash_link({"a": 1}, ("a",), GENESIS) == hash_link({"a": 2}, ("a",), GENESIS)
    False
    """
    content = [values[name] for name in fields]
    text = json.dumps(
        [previous, *content], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return hashlib.sha256(text.encode()).hexdigest()


def find_break(name, moves, length, head):
    """The first broken link of one chain.

    :param str name: of the part
    :param list moves: dicts with ``MOVE_FIELDS``, ``previous_hash`` and ``hash``, in
        the order of their sequence
    :param int length: moves the part says it has
    :param str head: hash of the last move, as the part says
    :returns: ``Break`` or None
    """
    previous = GENESIS
    for place, move in enumerate(moves, 1):
        if move["sequence"] > place:
            return Break("deleted", name, place)
        if move["sequence"] < place or place > length:
            return Break("inserted", name, move["sequence"])
        if move["previous_hash"] != previous or move["hash"] != hash_link(
            move, MOVE_FIELDS, previous
        ):
            return Break("changed", name, place)
        previous = move["hash"]
    if len(moves) < length or not moves:
        return Break("deleted", name, len(moves) + 1)
    if previous != head:
        return Break("head", name, length)
    return None


def find_seal_break(seals):
    """The first broken seal of one company.

    :param list seals: dicts with ``SEAL_FIELDS``, ``name``, ``previous_hash``, ``hash``
    :returns: ``Break`` or None
    """
    previous = GENESIS
    for place, seal in enumerate(seals, 1):
        if seal["sequence"] != place:
            return Break("seal_deleted", seal["name"], place)
        if seal["previous_hash"] != previous or seal["hash"] != hash_link(
            seal, SEAL_FIELDS, previous
        ):
            return Break("seal_changed", seal["name"], place)
        previous = seal["hash"]
    return None


def replay_seals(seals):
    """What the seals say of every part: the last word counts.

    :returns: {part id: {"name", "length", "head"}}
    """
    sealed = {}
    for seal in seals:
        for part_id, name, length, head in seal["entries"]:
            sealed[part_id] = {"name": name, "length": length, "head": head}
    return sealed


def find_sealed_break(entry, moves):
    """Whether a chain still holds what was sealed of it.

    :param dict entry: ``name``, ``length`` and ``head`` from ``replay_seals``
    :param list moves: as for ``find_break``
    :returns: ``Break`` or None
    """
    if len(moves) < entry["length"]:
        return Break("deleted", entry["name"], len(moves) + 1)
    if moves[entry["length"] - 1]["hash"] != entry["head"]:
        return Break("changed", entry["name"], entry["length"])
    return None
