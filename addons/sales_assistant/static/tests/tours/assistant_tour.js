import { registry } from "@web/core/registry";

/** The assistant's morning: the board, a checklist, a milestone. */
registry.category("web_tour.tours").add("sales_assistant_assistant", {
    url: "/odoo/assistant-desk",
    steps: () => [
        {
            content: "the review waits on the board",
            trigger: ".o_sales_lane[data-lane=checks] .o_sales_row div[role=button]",
            run: "click",
        },
        {
            content: "confirm the first term",
            trigger:
                ".o_field_widget[name=check_ids] .o_data_row:first-child .o_boolean_toggle input:not(:checked)",
            run: "click",
        },
        {
            content: "save",
            trigger: ".o_form_button_save:visible",
            run: "click",
        },
        {
            content: "approve",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=approved]",
        },
        {
            content: "back to the board",
            trigger: ".o_menu_sections a:contains(Today), .o_menu_brand",
            run: "click",
        },
        {
            content: "complete the late milestone",
            trigger: ".o_sales_lane[data-lane=late] .o_sales_row button[title=Done]",
            run: "click",
        },
        {
            trigger: ".o_sales_empty [data-lane=late]",
        },
    ],
});
