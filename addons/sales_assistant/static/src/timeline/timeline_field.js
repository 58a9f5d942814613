import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The milestones of an order in a row, as the server gives them. */
export class TimelineField extends Component {
    static template = "sales_assistant.TimelineField";
    static props = { ...standardFieldProps };

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    formatDay(day) {
        return formatDate(deserializeDate(day));
    }
}

registry.category("fields").add("sales_assistant_timeline", {
    component: TimelineField,
    supportedTypes: ["json"],
});
