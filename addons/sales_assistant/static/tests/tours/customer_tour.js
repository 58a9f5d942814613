import { registry } from "@web/core/registry";

/** The customer looks on a phone how far an order is, and complains about it. */
registry.category("web_tour.tours").add("sales_assistant_customer", {
    steps: () => [
        {
            content: "what is done, and when the rest is planned",
            trigger:
                ".o_sales_timeline_portal:has(.o_sales_timeline_done):contains(planned for)",
            run() {
                window.location.href = "/my/complaints/new";
            },
            expectUnloadPage: true,
        },
        { trigger: "input[name=subject]", run: "edit Rust on the rings" },
        { trigger: "textarea[name=description]", run: "edit Please replace a box." },
        { trigger: "button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".alert:contains(We have received it)" },
    ],
});
