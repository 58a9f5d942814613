import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * One part after another into a shipment, or out of it at the receipt: by a scanner, the
 * camera, or the number typed. The server says what a scan means.
 */
export class PartScanner extends Component {
    static template = "after_sales.PartScanner";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.input = useRef("input");
        this.hasCamera = isBarcodeScannerSupported();
        const { params, context } = this.props.action;
        this.shipmentId = params?.shipment_id || context.active_id;
        this.state = useState({ shipment: {}, rows: [], code: "" });
        useBus(useService("barcode").bus, "barcode_scanned", (ev) =>
            this.take(ev.detail.barcode),
        );
        onWillStart(async () => {
            this.state.shipment = await this.orm.call(
                "after.sales.part.shipment",
                "get_scan_state",
                [this.shipmentId],
            );
        });
    }

    get title() {
        return this.state.shipment.is_receipt ? _t("Receive Parts") : _t("Pack Parts");
    }

    async take(code) {
        if (!code.trim()) {
            return;
        }
        const answer = await this.orm.call("after.sales.part.shipment", "scan", [
            this.shipmentId,
            code,
        ]);
        Object.assign(this.state.shipment, { done: answer.done, total: answer.total });
        this.state.rows.unshift({ key: this.state.rows.length, ...answer });
        if (!answer.ok) {
            navigator.vibrate?.(200);
        }
    }

    async takeTyped() {
        const code = this.state.code;
        this.state.code = "";
        await this.take(code);
        this.input.el?.focus();
    }

    async openCamera() {
        await this.take(await scanBarcode(this.env));
    }

    close() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "after.sales.part.shipment",
            res_id: this.shipmentId,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("after_sales.part_scanner", PartScanner);
