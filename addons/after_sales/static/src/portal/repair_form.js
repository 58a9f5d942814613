import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { ClaimForm } from "@after_sales/portal/claim_form";

/**
 * The forms of a repair: look-ups and lines as in a claim, and the counters that warn
 * before a unit is taken in.
 */
export class RepairForm extends ClaimForm {
    static selector = ".o_after_sales_repair_form";
    dynamicContent = {
        ...this.dynamicContent,
        "input[name=serial], input[name=usage]": { "t-on-change": this.lookUpUnit },
        ".o_lookup_result": { "t-on-click.prevent": this.chooseAndCount },
    };

    async willStart() {
        if (this.el.serial?.value) {
            await this.lookUpUnit();
        }
    }

    async chooseAndCount(ev) {
        const isFault = ev.currentTarget.closest(".o_lookup_box").dataset.counted;
        await this.choose(ev);
        if (isFault) {
            await this.lookUpUnit();
        }
    }

    async lookUpUnit() {
        if (!this.el.serial?.value.trim()) {
            return;
        }
        const unit = await this.waitFor(
            rpc("/my/repairs/unit", {
                serial: this.el.serial.value,
                station_id: this.el.station_id.value,
                fault_id: this.el.fault_id.value,
                usage: this.el.usage?.value,
            }),
        );
        this.show(".o_unit", {
            text:
                unit.error ||
                _t("%(product)s · sold %(sold)s · warranty until %(warranty)s", unit),
            color: unit.error ? "danger" : unit.covered ? "success" : "warning",
        });
        this.show(".o_counters", {
            text: (unit.warnings || []).join("\n"),
            color: unit.level === "reached" ? "danger" : "warning",
        });
    }

    show(selector, { text, color }) {
        const place = this.el.querySelector(selector);
        place.textContent = text;
        place.classList.toggle("d-none", !text);
        for (const name of ["success", "warning", "danger"]) {
            place.classList.toggle(`alert-${name}`, name === color);
        }
    }
}

registry.category("public.interactions").add("after_sales.repair_form", RepairForm);
