import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { JsonForm } from "@sales_base/portal/json_form";

/** What a draft keeps of a line, in this order. */
const LINE_CONTROLS = "input, select";
/** Milliseconds that a phone gets to find out where it is. */
const POSITION_TIMEOUT = 15000;

/**
 * The station's claim form. It holds no rule: it looks up what is typed, adds and removes
 * lines, and sends everything at once; the server says what is wrong.
 */
export class ClaimForm extends JsonForm {
    static selector = ".o_after_sales_claim_form";
    dynamicContent = {
        ...this.dynamicContent,
        "input[name=serial]": { "t-on-change": this.lookUpUnit },
        ".o_add_line": { "t-on-click.prevent": this.addLine },
        ".o_remove_line": { "t-on-click.prevent": this.removeLine },
        ".o_causal": { "t-on-change": this.markCausal },
        ".o_take_position": { "t-on-click.prevent": this.takePosition },
        ".o_drop_position": { "t-on-click.prevent": this.dropPosition },
        ".o_lookup": { "t-on-input": this.debounced(this.lookUp, 250) },
        ".o_lookup_result": { "t-on-click.prevent": this.choose },
    };

    setup() {
        super.setup();
        this.lines = this.el.querySelector(".o_lines");
    }

    async willStart() {
        if (this.el.serial.value) {
            await this.lookUpUnit();
        }
    }

    async lookUpUnit() {
        const place = this.el.querySelector(".o_unit");
        if (!this.el.serial.value.trim()) {
            return;
        }
        const unit = await this.waitFor(
            rpc("/my/claims/unit", {
                serial: this.el.serial.value,
                station_id: this.el.station_id.value,
            }),
        );
        place.classList.toggle("d-none", false);
        place.classList.toggle("alert-danger", !!unit.error);
        place.classList.toggle("alert-success", !unit.error && unit.covered);
        place.classList.toggle("alert-warning", !unit.error && !unit.covered);
        place.textContent = unit.error
            ? unit.error
            : _t("%(product)s · sold %(sold)s · warranty until %(warranty)s", unit);
        this.el.querySelector(".o_usage_unit").textContent = unit.usage_unit || "";
    }

    addLine(ev) {
        const line = this.makeLine(ev.currentTarget.dataset.type);
        line.querySelector("input:not([type=hidden])").focus();
        return this.keep();
    }

    makeLine(type) {
        const template = this.el.querySelector(`template[data-type="${type}"]`);
        if (!template) {
            return null;
        }
        const line = template.content.firstElementChild.cloneNode(true);
        this.insert(line, this.lines);
        return line;
    }

    removeLine(ev) {
        ev.currentTarget.closest(".o_line").remove();
        return this.keep();
    }

    /** A box that is not ticked is not sent, so each line has a value of its own. */
    markCausal(ev) {
        const line = ev.target.closest(".o_line");
        const value = ev.target.checked ? "1" : "0";
        line.querySelector("[name=line_is_causal]").value = value;
    }

    async lookUp(ev) {
        const input = ev.target;
        const box = input.closest(".o_lookup_box");
        const list = box.querySelector(".o_lookup_results");
        box.querySelector(".o_lookup_id").value = "";
        const found = await this.waitFor(
            rpc("/my/claims/search", { kind: input.dataset.kind, term: input.value }),
        );
        list.replaceChildren();
        for (const row of found) {
            const item = document.createElement("button");
            item.type = "button";
            item.className =
                "o_lookup_result list-group-item list-group-item-action py-3";
            item.dataset.id = row.id;
            item.dataset.hours = row.hours;
            item.textContent = row.name;
            this.insert(item, list);
        }
    }

    choose(ev) {
        const item = ev.currentTarget;
        const box = item.closest(".o_lookup_box");
        box.querySelector(".o_lookup_id").value = item.dataset.id;
        box.querySelector(".o_lookup").value = item.textContent;
        const hours = parseFloat(item.dataset.hours);
        const quantity = item.closest(".o_line")?.querySelector("[name=line_quantity]");
        if (hours && quantity) {
            quantity.value = hours;
        }
        box.querySelector(".o_lookup_results").replaceChildren();
        return this.keep();
    }

    // ----------------------------------------------------------------- position

    /** Where the phone is: asked for once, when somebody taps. */
    async takePosition() {
        const asked = new Promise((resolve, reject) => {
            navigator.geolocation.getCurrentPosition(resolve, reject, {
                enableHighAccuracy: true,
                maximumAge: 0,
                timeout: POSITION_TIMEOUT,
            });
        });
        try {
            const { coords } = await this.waitFor(asked);
            this.showPosition(coords.latitude.toFixed(7), coords.longitude.toFixed(7));
        } catch {
            const text = _t("The phone does not tell its position. Write the place.");
            this.el.querySelector(".o_position_text").textContent = text;
        }
        return this.keep();
    }

    dropPosition() {
        this.showPosition("", "");
        return this.keep();
    }

    showPosition(latitude, longitude) {
        this.el.rescue_latitude.value = latitude;
        this.el.rescue_longitude.value = longitude;
        const place = this.el.querySelector(".o_position");
        place.querySelector(".o_drop_position").classList.toggle("d-none", !latitude);
        place.querySelector(".o_position_text").textContent = latitude
            ? `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`
            : "";
    }

    // ------------------------------------------------------------------- drafts

    /** Lines come and go: they are kept apart from what is always on the page. */
    getControls() {
        return super.getControls().filter((control) => !control.closest(".o_lines"));
    }

    getDraft() {
        const lines = this.el.querySelectorAll(".o_lines .o_line");
        return {
            ...super.getDraft(),
            lines: Array.from(lines, (line) =>
                Array.from(
                    line.querySelectorAll(LINE_CONTROLS),
                    this.readControl,
                    this,
                ),
            ),
        };
    }

    restore(draft) {
        super.restore(draft);
        if (this.el.rescue_latitude) {
            this.showPosition(
                this.el.rescue_latitude.value,
                this.el.rescue_longitude.value,
            );
        }
        this.lines?.replaceChildren();
        for (const values of this.lines ? draft.lines : []) {
            const type = values.find(({ name }) => name === "line_line_type")?.value;
            const line = this.makeLine(type);
            line?.querySelectorAll(LINE_CONTROLS).forEach((control, place) => {
                this.writeControl(control, values[place] || {});
            });
        }
        return this.lookUpUnit();
    }
}

registry.category("public.interactions").add("after_sales.claim_form", ClaimForm);
