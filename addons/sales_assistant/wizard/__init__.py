from . import (
    sales_assistant_callback_log,
    sales_assistant_callback_snooze,
    mail_compose_message,
    portal_share,
    sales_assistant_opinion_answer,
    sales_assistant_performance_download,
    sales_assistant_review_decide,
    sales_assistant_review_rule_preview,
)
