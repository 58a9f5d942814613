import { registry } from "@web/core/registry";

/** AS-09, AS-13: a supplier answers on a phone. */
registry.category("web_tour.tours").add("after_sales_supplier", {
    url: "/my/home",
    steps: () => [
        {
            trigger: "a[href='/my/responsibilities']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_after_sales_portal .list-group-item-action",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_accept button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".badge:contains(Agreed)",
            run() {
                window.location.href = "/my/recoveries";
            },
            expectUnloadPage: true,
        },
        {
            trigger: ".o_after_sales_portal .list-group-item-action",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "details summary", run: "click" },
        { trigger: ".o_dispute select", run: "selectByIndex 1" },
        { trigger: ".o_dispute textarea", run: "edit Not our part" },
        {
            trigger: ".o_dispute button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".badge:contains(Disputed)" },
        {
            trigger: ".o_confirm button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".badge:contains(Confirmed)" },
    ],
});
