import { loadJS } from "@web/core/assets";
import { buildZXingBarcodeDetector } from "@web/core/barcode/ZXingBarcodeDetector";
import { rpc } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Milliseconds between two looks through the camera. */
const LOOK_EVERY = 300;

/** The browser's own reader of codes, else the library that Odoo brings: iPhones. */
async function getBarcodeDetector() {
    if ("BarcodeDetector" in window) {
        return window.BarcodeDetector;
    }
    await loadJS("/web/static/lib/zxing-library/zxing-library.js");
    return buildZXingBarcodeDetector(window.ZXing);
}

/**
 * Packing by scanning: typed, by a scanner that types, or by the camera. The server says
 * what a scan means.
 */
export class PartScan extends Interaction {
    static selector = "form.o_after_sales_scan";
    dynamicContent = {
        _root: { "t-on-submit.prevent": this.takeTyped },
        ".o_camera": { "t-on-click": this.toggleCamera },
    };

    setup() {
        this.rows = this.el.querySelector(".o_scan_rows");
        this.video = this.el.querySelector(".o_scan_video");
        this.count = document.querySelector(".o_scan_count");
        this.taken = new Set();
        const hasCamera = navigator.mediaDevices;
        this.el.querySelector(".o_camera").classList.toggle("d-none", !hasCamera);
    }

    destroy() {
        this.stopCamera();
    }

    async takeTyped() {
        const input = this.el.code;
        const code = input.value;
        input.value = "";
        await this.take(code);
        input.focus();
    }

    async take(code) {
        if (!code.trim()) {
            return;
        }
        let answer;
        try {
            answer = await this.waitFor(
                rpc(`/my/part-shipments/${this.el.dataset.shipment}/scan`, { code }),
            );
        } catch {
            answer = { ok: false, message: _t("No connection. Scan it again.") };
            this.taken.delete(code);
        }
        const row = document.createElement("div");
        const level = answer.ok ? "success" : "danger";
        row.className = `list-group-item py-3 list-group-item-${level}`;
        row.textContent = answer.message;
        this.rows.prepend(row);
        if (answer.ok) {
            this.count.textContent = answer.done;
        } else {
            navigator.vibrate?.(200);
        }
    }

    async toggleCamera() {
        if (this.stream) {
            this.stopCamera();
            return;
        }
        try {
            const Detector = await this.waitFor(getBarcodeDetector());
            this.detector = new Detector({ formats: ["qr_code"] });
            this.stream = await this.waitFor(
                navigator.mediaDevices.getUserMedia({
                    video: { facingMode: "environment" },
                }),
            );
        } catch {
            this.el.querySelector(".o_camera").classList.add("d-none");
            return;
        }
        this.video.srcObject = this.stream;
        this.video.classList.remove("d-none");
        await this.waitFor(this.video.play());
        this.look();
    }

    /** One code is taken once, however long it is held before the camera. */
    async look() {
        if (!this.stream) {
            return;
        }
        for (const { rawValue } of await this.waitFor(this.detect())) {
            if (!this.taken.has(rawValue)) {
                this.taken.add(rawValue);
                await this.take(rawValue);
            }
        }
        this.waitForTimeout(() => this.look(), LOOK_EVERY);
    }

    /** A picture that is blurred or shows half a code is none. */
    async detect() {
        try {
            return await this.detector.detect(this.video);
        } catch {
            return [];
        }
    }

    stopCamera() {
        this.stream?.getTracks().forEach((track) => track.stop());
        this.stream = null;
        this.video.classList.add("d-none");
    }
}

/** Tags of the parts that are ticked; of all of them when none is. */
export class PrintTags extends Interaction {
    static selector = ".o_print_tags";
    dynamicContent = {
        _root: { "t-on-click": this.print },
    };

    print() {
        const form = this.el.closest("form");
        const ticked = form.querySelectorAll(".o_part_box:checked");
        const boxes = ticked.length ? ticked : form.querySelectorAll(".o_part_box");
        const parts = Array.from(boxes, (box) => `part=${box.value}`);
        if (parts.length) {
            window.open(`/my/old-parts/tags?${parts.join("&")}`, "_blank");
        }
    }
}

registry.category("public.interactions").add("after_sales.part_scan", PartScan);
registry.category("public.interactions").add("after_sales.print_tags", PrintTags);
