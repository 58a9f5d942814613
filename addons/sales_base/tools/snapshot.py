"""Comparison of two snapshots of a document.

A snapshot is a dict made for JSON::

    {"fields": {name: {"value": raw, "shown": text}},
     "lines": {list name: [{"key": ..., "fields": {name: {"value": .., "shown": ..}}}]},
     "photos": [{"hash": sha256, "name": text}]}

``value`` is what is compared, ``shown`` what the reader saw then. Labels are not kept:
they are read from the model in the reader's language.
"""

import hashlib
import json

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


def compare(before, after):
    """Differences between two snapshots, in the order of ``after``.

    :param dict before: snapshot, or an empty dict
    :param dict after: snapshot
    :returns: list of dicts ``{"kind", "list", "key", "field", "before", "after"}``;
        ``list`` and ``key`` are False for the document's own fields
    :rtype: list
    """
    changes = _compare_fields(before.get("fields", {}), after.get("fields", {}))
    names = list(after.get("lines", {}))
    names += [name for name in before.get("lines", {}) if name not in names]
    for name in names:
        changes += _compare_lines(
            name,
            before.get("lines", {}).get(name, []),
            after.get("lines", {}).get(name, []),
        )
    changes += _compare_photos(before.get("photos", []), after.get("photos", []))
    return changes


def _change(kind, before, after, field=False, list_name=False, key=False):
    return {
        "kind": kind,
        "list": list_name,
        "key": key,
        "field": field,
        "before": before,
        "after": after,
    }


def _compare_fields(before, after, **place):
    names = list(after) + [name for name in before if name not in after]
    empty = {"value": False, "shown": ""}
    changes = []
    for name in names:
        was, now = before.get(name, empty), after.get(name, empty)
        if was["value"] != now["value"]:
            changes.append(
                _change(CHANGED, was["shown"], now["shown"], field=name, **place)
            )
    return changes


def _compare_lines(list_name, before, after):
    was = {line["key"]: line for line in before}
    now = {line["key"]: line for line in after}
    changes = []
    for key, line in now.items():
        place = {"list_name": list_name, "key": key}
        if key in was:
            changes += _compare_fields(was[key]["fields"], line["fields"], **place)
        else:
            changes.append(_change(ADDED, "", line.get("shown", ""), **place))
    for key, line in was.items():
        if key not in now:
            changes.append(
                _change(
                    REMOVED, line.get("shown", ""), "", list_name=list_name, key=key
                )
            )
    return changes


def _compare_photos(before, after):
    was = {photo["hash"]: photo["name"] for photo in before}
    now = {photo["hash"]: photo["name"] for photo in after}
    place = {"list_name": "photos"}
    return [
        _change(ADDED, "", name, key=key, **place)
        for key, name in now.items()
        if key not in was
    ] + [
        _change(REMOVED, name, "", key=key, **place)
        for key, name in was.items()
        if key not in now
    ]


def fingerprint(content):
    """Hash of the values of a snapshot: what was shown, in whatever language.

    :param dict content: snapshot
    :returns: 64 hexadecimal digits

    >>> english = {"fields": {"payer": {"value": "we", "shown": "We"}}}
    >>> french = {"fields": {"payer": {"value": "we", "shown": "Nous"}}}
    >>> fingerprint(english) == fingerprint(french) != fingerprint({})
    True
    """
    values = {
        "fields": _get_values(content.get("fields", {})),
        "lines": {
            name: [[line["key"], _get_values(line["fields"])] for line in lines]
            for name, lines in content.get("lines", {}).items()
        },
        "photos": [photo["hash"] for photo in content.get("photos", [])],
    }
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _get_values(fields):
    return {name: field["value"] for name, field in fields.items()}


def side_by_side(before, after):
    """Two snapshots next to each other, what is equal included.

    :param dict before: snapshot, or an empty dict
    :param dict after: snapshot
    :returns: list of blocks ``{"list", "key", "kind", "before", "after", "rows"}``: the
        document itself, then its lines, then its photos. ``kind`` is added, removed,
        changed or False for equal; ``rows`` are ``{"field", "before", "after",
        "is_changed"}``
    :rtype: list
    """
    blocks = [
        _pair(False, False, before.get("fields", {}), after.get("fields", {})),
    ]
    names = list(after.get("lines", {}))
    names += [name for name in before.get("lines", {}) if name not in names]
    for name in names:
        was = {line["key"]: line for line in before.get("lines", {}).get(name, [])}
        now = {line["key"]: line for line in after.get("lines", {}).get(name, [])}
        blocks += [
            _pair_lines(name, key, was.get(key), now.get(key)) for key in {**was, **now}
        ]
    was = {photo["hash"]: photo["name"] for photo in before.get("photos", [])}
    now = {photo["hash"]: photo["name"] for photo in after.get("photos", [])}
    for key in {**was, **now}:
        block = _pair("photos", key, {}, {})
        block.update(before=was.get(key, ""), after=now.get(key, ""))
        block["kind"] = (
            REMOVED if key not in now else ADDED if key not in was else False
        )
        blocks.append(block)
    return blocks


def _pair(list_name, key, before, after):
    empty = {"value": False, "shown": ""}
    rows = []
    for name in [*after, *(name for name in before if name not in after)]:
        was, now = before.get(name, empty), after.get(name, empty)
        rows.append(
            {
                "field": name,
                "before": was["shown"],
                "after": now["shown"],
                "is_changed": was["value"] != now["value"],
            }
        )
    kind = CHANGED if any(row["is_changed"] for row in rows) else False
    return {
        "list": list_name,
        "key": key,
        "kind": kind,
        "before": "",
        "after": "",
        "rows": rows,
    }


def _pair_lines(list_name, key, was, now):
    block = _pair(
        list_name,
        key,
        was["fields"] if was else {},
        now["fields"] if now else {},
    )
    block["before"] = was.get("shown", "") if was else ""
    block["after"] = now.get("shown", "") if now else ""
    if not (was and now):
        block["kind"] = ADDED if now else REMOVED
    return block
