import { Component, onWillStart, useState } from "@odoo/owl";
import { useCommand } from "@web/core/commands/command_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { ContactDialog } from "./contact_dialog";

/** The telephone at the top of every screen: opens the window that logs a contact. */
export class ContactSystray extends Component {
    static template = "sales_assistant.ContactSystray";
    static props = {};

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({ isShown: false });
        onWillStart(async () => {
            this.state.isShown = await user.hasGroup(
                "sales_assistant.group_sales_assistant_contact",
            );
        });
        useCommand(_t("Log a contact"), () => this.open(), {
            category: "default",
            hotkey: "alt+shift+t",
            global: true,
            isAvailable: () => this.state.isShown,
        });
    }

    open() {
        this.dialog.add(ContactDialog, {});
    }
}

registry
    .category("systray")
    .add("sales_assistant.contact", { Component: ContactSystray }, { sequence: 30 });
