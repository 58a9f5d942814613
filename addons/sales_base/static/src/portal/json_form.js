import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { redirect } from "@web/core/utils/urls";
import { Interaction } from "@web/public/interaction";
import {
    dropDraft,
    dropOldDrafts,
    findDraft,
    keepDraft,
} from "@sales_base/portal/draft_store";
import { makeTile, setFiles, shrink } from "@sales_base/portal/photo";
import { sendForm } from "@sales_base/portal/send_form";

/** Milliseconds after the last key until what was typed is kept. */
const KEEP_AFTER = 600;
/** What a draft keeps besides photos. */
const CONTROLS =
    "input:not([type=file]):not([name=csrf_token]):not([readonly]), select, textarea";

/**
 * A portal form that is sent by itself: what was typed stays when the server finds
 * something wrong or cannot be reached, photos are made small before they leave the
 * phone, and a form with `data-draft` is there again after the page was left. The server
 * answers `{redirect}` or `{error}`.
 */
export class JsonForm extends Interaction {
    static selector = "form.o_sales_json_form";
    dynamicContent = {
        _root: {
            "t-on-input": this.debounced(this.keep, KEEP_AFTER),
            "t-on-change": this.debounced(this.keep, KEEP_AFTER),
        },
        "input[type=file]": { "t-on-change": this.takePhotos },
        ".o_sales_tile": { "t-on-click.prevent": this.removePhoto },
        ".o_drop_draft": { "t-on-click.prevent": this.forget },
        "button[type=submit]:not([formaction])": {
            "t-on-click.prevent": this.locked(this.send, true),
        },
    };

    setup() {
        this.error = this.el.querySelector(".o_error");
        this.photos = new Map();
        this.shrinking = Promise.resolve();
    }

    async start() {
        if (!this.el.dataset.draft) {
            return;
        }
        const draft = await this.waitFor(findDraft(this.el.dataset.draft));
        if (draft) {
            this.restore(draft);
            this.showRestored();
        }
        await this.waitFor(dropOldDrafts());
    }

    // ------------------------------------------------------------------- photos

    /** A phone's camera gives one photo at a time: they add up. */
    async takePhotos(ev) {
        const input = ev.target;
        const chosen = Array.from(input.files);
        this.shrinking = this.shrinking.then(() => Promise.all(chosen.map(shrink)));
        const taken = await this.waitFor(this.shrinking);
        const known = input.multiple ? this.photos.get(input.name) || [] : [];
        this.setPhotos(input, [...known, ...taken]);
        await this.keep();
    }

    setPhotos(input, files) {
        this.photos.set(input.name, files);
        setFiles(input, files);
        const label = input.closest("label");
        const badge = label.querySelector(".o_count");
        badge.textContent = files.length;
        badge.classList.toggle("d-none", !files.length);
        let tiles = label.nextElementSibling;
        if (!tiles?.matches(".o_sales_tiles")) {
            tiles = document.createElement("div");
            tiles.className = "o_sales_tiles d-flex flex-wrap gap-2";
            tiles.dataset.input = input.name;
            this.insert(tiles, label, "afterend");
        }
        tiles.replaceChildren();
        for (const file of files) {
            this.insert(makeTile(file, _t("Remove")), tiles);
        }
    }

    removePhoto(ev) {
        const tile = ev.currentTarget;
        const place = Array.from(tile.parentElement.children).indexOf(tile);
        const name = tile.parentElement.dataset.input;
        const files = this.photos.get(name).filter((_file, at) => at !== place);
        this.setPhotos(this.el.elements[name], files);
        return this.keep();
    }

    // ------------------------------------------------------------------- drafts

    /** The controls a draft keeps, in their order on the page. */
    getControls() {
        return Array.from(this.el.querySelectorAll(CONTROLS));
    }

    getDraft() {
        return {
            values: this.getControls().map((control) => this.readControl(control)),
            photos: Array.from(this.photos),
        };
    }

    isBox(control) {
        return ["checkbox", "radio"].includes(control.type);
    }

    readControl(control) {
        const value = this.isBox(control) ? control.checked : control.value;
        return { name: control.name || control.dataset.kind || "", value };
    }

    writeControl(control, { name, value }) {
        if (name !== (control.name || control.dataset.kind || "")) {
            return;
        }
        if (this.isBox(control)) {
            control.checked = value;
        } else {
            control.value = value;
        }
    }

    restore(draft) {
        const controls = this.getControls();
        draft.values.slice(0, controls.length).forEach((kept, place) => {
            this.writeControl(controls[place], kept);
        });
        // what depends on a choice shows again
        for (const choice of this.el.querySelectorAll("select, [type=radio]:checked")) {
            choice.dispatchEvent(new Event("change", { bubbles: true }));
        }
        for (const [name, files] of draft.photos) {
            const input = this.el.elements[name];
            if (input?.type === "file") {
                this.setPhotos(input, files);
            }
        }
    }

    showRestored() {
        const note = document.createElement("div");
        note.className =
            "o_restored alert alert-info d-flex align-items-center justify-content-between gap-2";
        note.setAttribute("role", "status");
        const text = document.createElement("span");
        text.textContent = _t("What you had typed is here again.");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "o_drop_draft btn btn-secondary text-nowrap";
        button.textContent = _t("Begin Anew");
        note.append(text, button);
        this.insert(note, this.error, "beforebegin");
    }

    async keep() {
        if (this.el.dataset.draft && !this.isSent) {
            await keepDraft(this.el.dataset.draft, this.getDraft());
        }
    }

    async forget() {
        this.isSent = true;
        await this.waitFor(dropDraft(this.el.dataset.draft));
        window.location.reload();
    }

    // ------------------------------------------------------------------ sending

    async send(ev) {
        if (!this.el.reportValidity()) {
            return;
        }
        const button = ev.currentTarget;
        await this.waitFor(this.shrinking);
        const data = new FormData(this.el);
        if (button.name) {
            data.set(button.name, button.value);
        }
        const bar = this.showProgress(button);
        const answer = await this.waitFor(
            sendForm(this.el.action, data, (share) => this.moveProgress(bar, share)),
        );
        bar?.remove();
        if (answer.redirect) {
            this.isSent = true;
            if (this.el.dataset.draft) {
                await this.waitFor(dropDraft(this.el.dataset.draft));
            }
            redirect(answer.redirect);
            return;
        }
        this.error.textContent = answer.error;
        this.error.classList.remove("d-none");
        this.error.scrollIntoView({ block: "center" });
    }

    /** Only photos take long enough to be watched. */
    showProgress(button) {
        if (![...this.photos.values()].some((files) => files.length)) {
            return null;
        }
        const bar = document.createElement("div");
        bar.className = "o_progress progress mb-2";
        bar.setAttribute("role", "progressbar");
        bar.setAttribute("aria-label", _t("Sending"));
        const part = document.createElement("div");
        part.className = "progress-bar progress-bar-striped progress-bar-animated";
        bar.append(part);
        const place = button.parentElement === this.el ? button : button.parentElement;
        this.insert(bar, place, "beforebegin");
        this.moveProgress(bar, 0);
        return bar;
    }

    moveProgress(bar, share) {
        const percent = `${Math.round(share * 100)}%`;
        if (bar) {
            bar.firstElementChild.style.width = percent;
            bar.firstElementChild.textContent = percent;
        }
    }
}

registry.category("public.interactions").add("sales_base.json_form", JsonForm);
