"""Facts of an explanation: kept as data, worded when somebody reads them.

A fact is a JSON value. What it means is told by the end of its key, so that the same
facts serve a form, a portal page, a phone and a sheet in any language:

============  ==========================================================
key ends in   value
============  ==========================================================
``_date``     ISO date
``_amount``   ``[amount, currency id]``
``_percent``  number, 0 to 100
``_hours``    hours as a float
(else)        text, whole number or float as it is
============  ==========================================================
"""

from datetime import date, datetime

from odoo.tools import float_repr, format_amount, format_date


def money(amount, currency):
    """The fact of an amount, for a key that ends in ``_amount``."""
    return [currency.round(amount), currency.id]


def day(value):
    """The fact of a date (or False), for a key that ends in ``_date``."""
    return value.isoformat() if isinstance(value, (date, datetime)) else False


def worded(env, facts):
    """Facts as texts in the language of ``env``.

    :param dict facts: see the module's text
    :returns: {key: text}
    :rtype: dict
    """
    return {key: _word(env, key, value) for key, value in facts.items()}


def _word(env, key, value):
    if value is None or value is False:
        return "–"
    # The language of the sentence around it; without one Odoo would look for another.
    lang = env.lang or "en_US"
    if key.endswith("_date"):
        return format_date(env, value, lang_code=lang)
    if key.endswith("_amount"):
        amount, currency_id = value
        # sudo: a currency's symbol is no secret, and portal users read claims
        currency_sudo = env["res.currency"].sudo().browse(currency_id)
        return format_amount(env, amount, currency_sudo, lang_code=lang)
    if isinstance(value, float):
        return float_repr(value, 2).rstrip("0").rstrip(".")
    return str(value)
