import { registry } from "@web/core/registry";

let number;

/** AS-10: at the phone a mechanic packs a part, tries a wrong tag, hands it over. */
registry.category("web_tour.tours").add("after_sales_pack_parts", {
    url: "/my/old-parts",
    steps: () => [
        { trigger: ".o_part_box", run: "click" },
        {
            trigger: ".o_sales_json_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_after_sales_scan input[name=code]", run: "edit OP9999999" },
        { trigger: ".o_after_sales_scan button[type=submit]", run: "click" },
        { trigger: ".o_scan_rows .list-group-item-danger:contains(OP9999999)" },
        { trigger: "input[name=carrier]", run: "edit SF Express" },
        { trigger: "input[name=waybill]", run: "edit SF123" },
        {
            trigger: "form[action$='/send'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".badge:contains(Sent)" },
    ],
});

/** AS-10: the maker takes one part after another out of the parcel. */
registry.category("web_tour.tours").add("after_sales_receive_parts", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=part_id]",
            run({ anchor }) {
                number = anchor.textContent.trim();
            },
        },
        { trigger: "button[name=action_open_scanner]", run: "click" },
        { trigger: ".o_scanned:contains(0 / 1)" },
        {
            trigger: ".o_after_sales_scanner input",
            run({ edit }) {
                return edit(number);
            },
        },
        { trigger: ".o_after_sales_scanner form button[type=submit]", run: "click" },
        { trigger: ".o_after_sales_scanner .list-group-item-success" },
        { trigger: ".o_scanned:contains(1 / 1)" },
        { trigger: ".o_close_scanner", run: "click" },
        { trigger: "button[name=action_receive]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Received)" },
    ],
});
