from . import after_sales_old_part_ledger
