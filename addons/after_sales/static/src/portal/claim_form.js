import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { Interaction } from "@web/public/interaction";

/**
 * The station's claim form. It holds no rule: it looks up what is typed, adds and removes
 * lines, and sends everything at once; the server says what is wrong.
 */
export class ClaimForm extends Interaction {
    static selector = ".o_after_sales_claim_form";
    dynamicContent = {
        "input[name=serial]": { "t-on-change": this.lookUpUnit },
        ".o_add_line": { "t-on-click.prevent": this.addLine },
        ".o_remove_line": { "t-on-click.prevent": this.removeLine },
        ".o_lookup": { "t-on-input": this.debounced(this.lookUp, 250) },
        ".o_lookup_result": { "t-on-click.prevent": this.choose },
        "input[type=file]": { "t-on-change": this.countFiles },
        "button[name=step]": { "t-on-click.prevent": this.locked(this.send, true) },
    };

    setup() {
        this.lines = this.el.querySelector(".o_lines");
        this.error = this.el.querySelector(".o_error");
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
        const type = ev.currentTarget.dataset.type;
        const template = this.el.querySelector(`template[data-type=${type}]`);
        const line = template.content.firstElementChild.cloneNode(true);
        this.insert(line, this.lines);
        line.querySelector("input:not([type=hidden])").focus();
    }

    removeLine(ev) {
        ev.currentTarget.closest(".o_line").remove();
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
    }

    countFiles(ev) {
        const input = ev.target;
        const badge = input.closest("label").querySelector(".o_count");
        badge.textContent = input.files.length;
        badge.classList.toggle("d-none", !input.files.length);
    }

    async send(ev) {
        const data = new FormData(this.el);
        data.set("step", ev.currentTarget.value);
        let answer;
        try {
            const response = await this.waitFor(
                fetch(this.el.action, { method: "POST", body: data }),
            );
            answer = await this.waitFor(response.json());
        } catch {
            answer = {
                error: _t("No connection. What you typed is still here; try again."),
            };
        }
        if (answer.redirect) {
            window.location.href = answer.redirect;
            return;
        }
        this.error.textContent = answer.error;
        this.error.classList.remove("d-none");
        this.error.scrollIntoView({ block: "center" });
    }
}

registry.category("public.interactions").add("after_sales.claim_form", ClaimForm);
