import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";

/** Asks for what a cut, a return or a rejection needs: amount, reason, note. */
export class DecisionDialog extends Component {
    static template = "after_sales.DecisionDialog";
    static components = { Dialog };
    static props = {
        title: String,
        reasons: Array,
        /** texts of the line, if one line is decided */
        line: { type: Object, optional: true },
        isCut: { type: Boolean, optional: true },
        currency: { type: String, optional: true },
        confirm: Function,
        close: Function,
    };

    setup() {
        const { line, isCut } = this.props;
        this.state = useState({
            amount: isCut ? line.approved_amount || "" : false,
            reason_id: line?.reason_id || "",
            note: line?.note || "",
            error: "",
        });
        this.first = useRef("first");
        onMounted(() => this.first.el.focus());
        useHotkey("control+enter", () => this.confirm(), {
            bypassEditableProtection: true,
        });
    }

    get reason() {
        return this.props.reasons.find(({ id }) => id === this.state.reason_id);
    }

    get trouble() {
        const { line, isCut } = this.props;
        if (isCut && !(this.state.amount > 0 && this.state.amount < line.amount)) {
            return _t(
                "A cut approves more than nothing and less than the claimed amount.",
            );
        }
        if (!this.reason) {
            return _t("Choose the reason.");
        }
        if (this.reason.is_note_required && !this.state.note.trim()) {
            return _t("This reason needs a note.");
        }
        return "";
    }

    async confirm() {
        this.state.error = this.trouble;
        if (this.state.error) {
            return;
        }
        const { amount, reason_id, note } = this.state;
        this.props.close();
        await this.props.confirm({ amount, reason_id, note: note.trim() });
    }
}
