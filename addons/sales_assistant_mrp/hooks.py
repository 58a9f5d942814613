#: shipped steps that production completes
PRODUCTION_STEPS = ("export_production", "all_production")


def post_init_hook(env):
    """The shipped production steps, ticked by hand so far, wait for the manufacturing
    orders, and so do the open milestones made from them."""
    for step in PRODUCTION_STEPS:
        line = env.ref(
            f"sales_assistant.sales_assistant_milestone_template_{step}",
            raise_if_not_found=False,
        )
        if line and line.trigger == "hand":
            line.trigger = "production"
            milestones = env["sales.assistant.milestone"].search(
                [("template_line_id", "=", line.id), ("state", "=", "pending")]
            )
            milestones.trigger = "production"
            milestones.order_id._update_milestones()
