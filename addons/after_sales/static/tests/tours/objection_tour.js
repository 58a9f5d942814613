import { registry } from "@web/core/registry";

/** AS-12: at the phone a station objects to the first row of its settlement. */
registry.category("web_tour.tours").add("after_sales_objection", {
    url: "/my/settlements",
    steps: () => [
        { trigger: ".list-group-item", run: "click", expectUnloadPage: true },
        {
            trigger: ".o_after_sales_object:first",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "select[name=reason_id]", run: "selectByIndex 1" },
        { trigger: "textarea[name=note]", run: "edit Half an hour is missing" },
        {
            trigger: ".o_sales_json_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".list-group-item:contains(Half an hour is missing)" },
    ],
});
