import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";
import { useDebounced } from "@web/core/utils/timing";

const MODEL = "sales.assistant.contact";

/**
 * Takes a contact down while the customer is on the phone: who it is, what was dealt
 * with lately, what he wishes. The server finds the caller and says what is shown.
 */
export class ContactDialog extends Component {
    static template = "sales_assistant.ContactDialog";
    static components = { Dialog };
    static props = { close: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        useAutofocus({ refName: "caller" });
        this.state = useState({
            text: "",
            callers: [],
            caller: null,
            dealings: [],
            channel: "phone",
            wish: "enquiry",
            subject: "",
            note: "",
            isBusy: false,
        });
        this.search = useDebounced(() => this.find(), 200);
        onWillStart(async () => {
            const fields = await this.orm.call(MODEL, "fields_get", [
                ["channel", "wish"],
            ]);
            this.channels = fields.channel.selection;
            this.wishes = fields.wish.selection;
        });
    }

    get canLog() {
        return (
            Boolean(this.state.caller || this.state.text.trim()) && !this.state.isBusy
        );
    }

    describe(caller) {
        return [caller.company, caller.city, caller.phone].filter(Boolean).join(" · ");
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.search();
    }

    async find() {
        this.state.callers = await this.keepLast.add(
            this.orm.call(MODEL, "find_callers", [this.state.text]),
        );
    }

    async choose(caller) {
        this.state.caller = caller;
        this.state.callers = [];
        this.state.dealings = await this.orm.call(MODEL, "get_dealings", [caller.id]);
    }

    forget() {
        this.state.caller = null;
        this.state.dealings = [];
        return this.find();
    }

    onEnter() {
        if (this.state.callers.length) {
            return this.choose(this.state.callers[0]);
        }
    }

    /** What the server takes down; an unknown caller is kept as he was typed. */
    get values() {
        const { caller, text, channel, wish, subject, note } = this.state;
        const values = { channel, wish, subject, note };
        if (caller) {
            values.partner_id = caller.id;
        }
        const typed = text.trim();
        if (/^[-+\d\s()/.]+$/.test(typed)) {
            values.phone = typed;
        } else if (!caller) {
            values.contact_name = typed;
        }
        return values;
    }

    async log({ isAnswered = false, isOpened = false } = {}) {
        if (!this.canLog) {
            return;
        }
        this.state.isBusy = true;
        try {
            const contact = await this.orm.call(MODEL, "log_contact", [
                this.values,
                isAnswered,
            ]);
            this.notification.add(_t("Contact %s is taken down.", contact.name), {
                type: "success",
            });
            this.props.close();
            if (isOpened) {
                await this.openRecord(MODEL, contact.id);
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    openDealing(row) {
        this.props.close();
        return this.openRecord(row.model, row.id);
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}
