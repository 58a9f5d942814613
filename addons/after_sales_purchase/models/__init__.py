from . import after_sales_responsibility
from . import purchase_order
from . import stock_lot
