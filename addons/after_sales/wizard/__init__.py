from . import after_sales_claim_appraise
from . import after_sales_claim_compare
from . import after_sales_repair_call
from . import after_sales_repair_sign
from . import after_sales_settlement_objection_answer
from . import after_sales_settlement_start
