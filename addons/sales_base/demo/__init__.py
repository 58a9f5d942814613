from . import sales_base_demo
