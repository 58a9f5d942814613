from . import test_lot_suppliers
