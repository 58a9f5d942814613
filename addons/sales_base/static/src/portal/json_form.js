import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";
import { shrinkPhotos } from "@sales_base/portal/photo";

/**
 * A portal form that is sent by itself: what was typed stays when the server finds
 * something wrong or cannot be reached. The server answers `{redirect}` or `{error}`.
 */
export class JsonForm extends Interaction {
    static selector = "form.o_sales_json_form";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.takePhotos },
        "button[type=submit]": { "t-on-click.prevent": this.locked(this.send, true) },
    };

    setup() {
        this.error = this.el.querySelector(".o_error");
    }

    /** Photos are made small before they leave the phone. */
    async takePhotos(ev) {
        const input = ev.target;
        const badge = input.closest("label").querySelector(".o_count");
        badge.textContent = input.files.length;
        badge.classList.toggle("d-none", !input.files.length);
        await this.waitFor(shrinkPhotos(input));
    }

    async send(ev) {
        if (!this.el.reportValidity()) {
            return;
        }
        const data = new FormData(this.el);
        const button = ev.currentTarget;
        if (button.name) {
            data.set(button.name, button.value);
        }
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

registry.category("public.interactions").add("sales_base.json_form", JsonForm);
