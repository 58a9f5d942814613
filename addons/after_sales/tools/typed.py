"""Numbers that people type: serial numbers, invoice numbers."""


def get_typed_key(number):
    """What is left of a number when it is typed differently.

    >>> get_typed_key(" fp-0012/34 ") == get_typed_key("FP 001234")
    True
    >>> get_typed_key(None)
    ''
    """
    return "".join(char for char in (number or "").upper() if char.isalnum())
