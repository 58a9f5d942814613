from . import (
    sales_assistant_callback_log,
    sales_assistant_callback_snooze,
    sales_assistant_opinion_answer,
    sales_assistant_performance_download,
    sales_assistant_review_decide,
)
