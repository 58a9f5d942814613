from . import after_sales_old_part_ledger
from . import after_sales_settlement_preview
