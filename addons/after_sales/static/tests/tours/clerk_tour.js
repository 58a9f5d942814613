import { registry } from "@web/core/registry";

/** AS-12: a clerk sends a settlement, and posts it once the station has confirmed. */
registry.category("web_tour.tours").add("after_sales_clerk", {
    url: "/odoo/station-settlements",
    steps: () => [
        { trigger: ".o_data_row td[name=station_id]:contains(TS2)", run: "click" },
        { trigger: "button[name=action_send]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Sent)" },
        { trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        { trigger: ".o_data_row td[name=station_id]:contains(TS1)", run: "click" },
        { trigger: "button[name=action_post]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Posted)" },
    ],
});
