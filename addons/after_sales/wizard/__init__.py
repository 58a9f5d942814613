from . import after_sales_repair_call
from . import after_sales_repair_sign
