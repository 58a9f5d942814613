import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDate, formatDate, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { wordSuggestion } from "../tools/sentence";
import { suggest } from "../tools/suggestion";

/** What is entered at the shelf, in the order of the walk. */
export const ENTRIES = [
    { name: "price_tag", kind: "number", step: 0.1 },
    { name: "stock_shelf", kind: "number", step: 1 },
    { name: "stock_back", kind: "number", step: 1 },
    { name: "facings", kind: "number", step: 1, integer: true },
    { name: "shelf_level", kind: "select" },
    { name: "date_production", kind: "date" },
    { name: "promotion_kind", kind: "select" },
    { name: "date_promotion_start", kind: "date", promotion: true },
    { name: "date_promotion_end", kind: "date", promotion: true },
];
const WITHOUT_STOCK = ["date_production", "shelf_level", "facings"];

/**
 * The products of a visit as cards for one thumb: steppers, last visit's figures
 * beside, the suggested order with its arithmetic.
 */
export class VisitLines extends Component {
    static template = "field_sales.VisitLines";
    static props = { ...standardFieldProps };

    setup() {
        this.fieldService = useService("field");
        this.state = useState({ open: null });
        onWillStart(async () => {
            this.fields = await this.fieldService.loadFields("field.sales.visit.line");
            if (this.list.count > this.list.records.length) {
                await this.list.load({ limit: this.list.count });
            }
        });
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get lines() {
        return this.list.records;
    }

    get required() {
        return (this.props.record.data.required_facts || "").split(",");
    }

    get doneCount() {
        return this.lines.filter((line) => this.isComplete(line)).length;
    }

    /** Without the internal code: a phone has no room for it. */
    productName(line) {
        return line.data.product_id.display_name.replace(/^\[[^\]]*\]\s*/, "");
    }

    label(name) {
        return this.fields[name].string;
    }

    options(name) {
        return this.fields[name].selection;
    }

    entered(line) {
        return new Set((line.data.entered || "").split(",").filter(Boolean));
    }

    stock(line) {
        return line.data.stock_shelf + line.data.stock_back;
    }

    isOut(line) {
        return this.entered(line).has("stock_shelf") && !this.stock(line);
    }

    isMissing(line, name) {
        if (!this.required.includes(name) || this.entered(line).has(name)) {
            return false;
        }
        return !(this.isOut(line) && WITHOUT_STOCK.includes(name));
    }

    isComplete(line) {
        const names = [...ENTRIES.map((entry) => entry.name), "order_quantity"];
        const entered = this.entered(line);
        return entered.size > 0 && !names.some((name) => this.isMissing(line, name));
    }

    entries(line) {
        const promoted = !["none", false].includes(line.data.promotion_kind);
        return ENTRIES.filter((entry) => promoted || !entry.promotion);
    }

    suggestion(line) {
        if (!line.data.facts || !this.entered(line).has("stock_shelf")) {
            return null;
        }
        return suggest({ ...line.data.facts, stock: this.stock(line) });
    }

    why(line) {
        return wordSuggestion(this.suggestion(line));
    }

    number(value) {
        return formatFloat(value || 0, { digits: [16, 2], trailingZeros: false });
    }

    /** The value as an input takes it; nothing where nobody entered one. */
    shown(line, entry) {
        const value = line.data[entry.name];
        if (entry.kind === "date") {
            return value ? serializeDate(value) : "";
        }
        if (entry.kind === "select") {
            return value || "";
        }
        return this.entered(line).has(entry.name) ? value : "";
    }

    dateText(value) {
        return value ? formatDate(value) : "";
    }

    /** Last visit's figure in words, or nothing. */
    last(line, entry) {
        if (!line.data.last_line_id) {
            return "";
        }
        const value = line.data[`last_${entry.name}`];
        if (entry.kind === "date") {
            return this.dateText(value);
        }
        if (entry.kind === "select") {
            const option = this.options(entry.name).find(([key]) => key === value);
            return option ? option[1] : "";
        }
        return this.number(value);
    }

    toggle(line) {
        this.state.open = this.state.open === line.id ? null : line.id;
    }

    openNext(line) {
        const next = this.lines[this.lines.indexOf(line) + 1];
        this.state.open = next ? next.id : null;
    }

    async fill(line, values) {
        const entered = this.entered(line);
        for (const [name, value] of Object.entries(values)) {
            if (value === false) {
                entered.delete(name);
            } else {
                entered.add(name);
            }
        }
        await line.update({ ...values, entered: [...entered].sort().join(",") });
    }

    onInput(line, entry, ev) {
        const text = ev.target.value;
        if (entry.kind === "date") {
            return this.fill(line, {
                [entry.name]: text ? deserializeDate(text) : false,
            });
        }
        if (entry.kind === "select") {
            return this.fill(line, { [entry.name]: text || false });
        }
        if (text === "") {
            return this.fill(line, { [entry.name]: false });
        }
        return this.setNumber(line, entry, Number(text));
    }

    setNumber(line, entry, value) {
        const rounded = entry.integer
            ? Math.round(value)
            : Math.round(value * 100) / 100;
        return this.fill(line, { [entry.name]: Math.max(rounded || 0, 0) });
    }

    step(line, entry, direction) {
        const value = (line.data[entry.name] || 0) + direction * entry.step;
        return this.setNumber(line, entry, value);
    }

    takeOver(line, entry) {
        const value = line.data[`last_${entry.name}`];
        return this.fill(line, { [entry.name]: value });
    }

    /** Everything nobody entered yet stays as it was; the order is decided anew. */
    takeOverRest(line) {
        const known = (line.data.last_entered || "").split(",");
        const entered = this.entered(line);
        const values = {};
        for (const { name } of ENTRIES) {
            if (known.includes(name) && !entered.has(name)) {
                values[name] = line.data[`last_${name}`];
            }
        }
        return this.fill(line, values);
    }

    get orderEntry() {
        return { name: "order_quantity", kind: "number", step: 1 };
    }

    stepOrder(line, direction) {
        const unit = (line.data.facts && line.data.facts.case) || 1;
        return this.setNumber(
            line,
            this.orderEntry,
            (line.data.order_quantity || 0) + direction * unit,
        );
    }

    takeSuggestion(line) {
        return this.setNumber(line, this.orderEntry, this.suggestion(line).quantity);
    }
}

const RELATED = {
    product_id: "many2one",
    spec: "char",
    uom_id: "many2one",
    is_promoted: "boolean",
    target_facings: "integer",
    entered: "char",
    facts: "json",
    last_line_id: "many2one",
    last_entered: "char",
    order_quantity: "float",
    last_order_quantity: "float",
    price_tag: "float",
    last_price_tag: "float",
    stock_shelf: "float",
    last_stock_shelf: "float",
    stock_back: "float",
    last_stock_back: "float",
    facings: "integer",
    last_facings: "integer",
    date_production: "date",
    last_date_production: "date",
    date_promotion_start: "date",
    last_date_promotion_start: "date",
    date_promotion_end: "date",
    last_date_promotion_end: "date",
    shelf_level: "selection",
    last_shelf_level: "selection",
    promotion_kind: "selection",
    last_promotion_kind: "selection",
};

export const visitLines = {
    component: VisitLines,
    displayName: _t("Products of a Visit"),
    supportedTypes: ["one2many"],
    relatedFields: () =>
        Object.entries(RELATED).map(([name, type]) => ({
            name,
            type,
            selection: [],
            readonly: false,
        })),
};

registry.category("fields").add("field_sales_visit_lines", visitLines);
