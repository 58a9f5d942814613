import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What is unusual about a quotation, each with the orders it was compared with. */
export class PatternField extends Component {
    static template = "sales_assistant.PatternField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get findings() {
        return this.props.record.data[this.props.name] || [];
    }

    openOrders(finding) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Compared Orders"),
            res_model: "sale.order",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["id", "in", finding.orders]],
        });
    }
}

registry.category("fields").add("sales_assistant_pattern", {
    component: PatternField,
    supportedTypes: ["json"],
});
