import { registry } from "@web/core/registry";

/** A call is logged from anywhere: caller by number, last dealings, two clicks. */
registry.category("web_tour.tours").add("sales_assistant_contact", {
    steps: () => [
        {
            content: "any screen of the house; opening one closes a window",
            trigger: ".o_list_view .o_data_row",
        },
        {
            content: "open the window",
            trigger: ".o_sales_contact_systray",
            run: "click",
        },
        {
            content: "read the number off the telephone",
            trigger: ".o_sales_contact_dialog #o_sales_contact_caller",
            run: "edit 051 777 01 42",
        },
        {
            content: "the caller is recognised",
            trigger: ".o_sales_contact_found:contains(Rossi Cuscinetti)",
            run: "click",
        },
        {
            content: "the last dealings are shown",
            trigger:
                ".o_sales_contact_dialog [data-kind=orders] .o_sales_contact_dealing",
        },
        {
            trigger: "#o_sales_contact_subject",
            run: "edit Price of 6305",
        },
        {
            content: "take it down",
            trigger: ".o_sales_contact_log:enabled",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(is taken down)",
        },
        {
            trigger: "body:not(:has(.o_sales_contact_dialog))",
        },
    ],
});
