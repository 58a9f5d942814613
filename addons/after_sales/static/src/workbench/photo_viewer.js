import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";

/** Photos of a claim, one of them large; a click or "z" looks closer. */
export class PhotoViewer extends Component {
    static template = "after_sales.PhotoViewer";
    static props = { photos: Array, claimId: Number };

    setup() {
        this.state = useState({
            place: 0,
            isZoomed: false,
            origin: "50% 50%",
            turn: 0,
        });
        onWillUpdateProps((next) => {
            if (next.claimId !== this.props.claimId) {
                this.show(0);
            }
        });
        useHotkey("arrowright", () => this.move(1), { allowRepeat: true });
        useHotkey("arrowleft", () => this.move(-1), { allowRepeat: true });
        useHotkey("z", () => this.toggleZoom());
        useHotkey("t", () => this.turn());
    }

    get photo() {
        return this.props.photos[this.state.place];
    }

    get style() {
        const scale = this.state.isZoomed ? 3 : 1;
        return `transform: scale(${scale}) rotate(${this.state.turn}deg); transform-origin: ${this.state.origin};`;
    }

    show(place) {
        Object.assign(this.state, { place, isZoomed: false, turn: 0 });
    }

    move(step) {
        const count = this.props.photos.length;
        if (count) {
            this.show((this.state.place + step + count) % count);
        }
    }

    turn() {
        this.state.turn = (this.state.turn + 90) % 360;
    }

    toggleZoom() {
        this.state.isZoomed = !this.state.isZoomed;
    }

    /** The part below the pointer is what one looks at. */
    follow(ev) {
        if (this.state.isZoomed) {
            const { left, top, width, height } =
                ev.currentTarget.getBoundingClientRect();
            const across = Math.round((100 * (ev.clientX - left)) / width);
            const down = Math.round((100 * (ev.clientY - top)) / height);
            this.state.origin = `${across}% ${down}%`;
        }
    }
}
