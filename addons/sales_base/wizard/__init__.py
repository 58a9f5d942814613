from . import sales_complaint_close
from . import sales_complaint_summarize
from . import sales_notice_respond
from . import sales_step_reason
