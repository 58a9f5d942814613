"""Takes the screenshots for ``shots``; runs in the virtual environment.

Playwright drives the machine's own Chromium. One session per login and language, as a
person would have; a screen that shows an error or does not come up is a failure.
"""

import itertools
import json
import sys
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Shown by the web client while it waits, or when something went wrong.
BUSY = ".o_loading_indicator, .o_blockUI, .o_spinner"
WRONG = ".o_error_dialog, .o_error_detail, .o_http_error"
TIMEOUT = 30_000
#: So many looks in a row, 0.3 s apart, have to find the same.
QUIET_LOOKS = 4
#: Whether the screen is complete, and a value that changes while it is being drawn.
STATE = """(busy) => {
    const shown = (element) => element.offsetParent !== null;
    const client = document.querySelector(".o_web_client, .o_main_navbar");
    const drawn = !client || document.querySelector(
        ".o_action_manager .o_content, .o_action_manager .o_action, .o_error_dialog"
    );
    const waiting = [...document.querySelectorAll(busy)].some(shown);
    const images = [...document.images].every((image) => image.complete);
    return [Boolean(drawn && !waiting && images), document.body.innerHTML.length];
}"""


def main() -> int:
    task = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=task["chromium"], args=list(FLAGS)
        )
        groups = itertools.groupby(
            task["shots"], key=lambda shot: (shot["login"], shot["language"])
        )
        for (login, language), shots in groups:
            try:
                context = _session(browser, task["base"], login, language)
            except Error as error:
                print(f"FAILED: login {login}: {_first(error)}", flush=True)
                failed += len(list(shots))
                continue
            for shot in shots:
                failed += not _take(context, task["base"], shot)
            context.close()
        browser.close()
    total = len(task["shots"])
    print(f"{total - failed} screenshots taken, {failed} failed", flush=True)
    return 1 if failed else 0


def _session(browser: Browser, base: str, login: str, language: str) -> BrowserContext:
    """Log in and choose the language in the user's own preferences."""
    context = browser.new_context(
        base_url=base, locale=language.replace("_", "-"), device_scale_factor=1
    )
    context.set_default_timeout(TIMEOUT)
    context.add_cookies([{"name": "frontend_lang", "value": language, "url": base}])
    if login == "public":
        return context
    page = context.new_page()
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)
    page.evaluate(
        """async (lang) => {
            const call = (url, params) => fetch(url, {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({jsonrpc: "2.0", method: "call", params}),
            }).then((answer) => answer.json());
            const session = await call("/web/session/get_session_info", {});
            await call("/web/dataset/call_kw/res.users/write", {
                model: "res.users", method: "write",
                args: [[session.result.uid], {lang}], kwargs: {},
            });
        }""",
        language,
    )
    page.close()
    return context


def _take(context: BrowserContext, base: str, shot: dict) -> bool:
    page = context.new_page()
    page.set_viewport_size({"width": shot["width"], "height": shot["height"]})
    target = Path(shot["target"])
    try:
        answer = page.goto(shot["url"], wait_until="load")
        if answer and answer.status >= 400:
            raise Error(f"the server answered {answer.status}")
        for selector in shot["click"]:
            _settle(page, "")
            page.click(selector)
            page.mouse.move(1, shot["height"] - 1)  # no tooltip of what was clicked
        _settle(page, shot["wait_for"])
        if page.locator(WRONG).count():
            raise Error("the screen shows an error")
        page.screenshot(path=target, full_page=shot["full_page"])
        _shrink(target)
    except Error as error:
        print(f"FAILED: {target.name} ({shot['login']}): {_first(error)}", flush=True)
        page.screenshot(path=target.with_suffix(".failed.png"))
        return False
    finally:
        page.close()
    print(f"taken: {target}", flush=True)
    return True


def _shrink(target: Path) -> None:
    """256 colours are enough for a screen, at a third of the size."""
    with Image.open(target) as image:
        small = image.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


def _settle(page: Page, wait_for: str) -> None:
    """Wait until the screen is drawn and changes no more.

    The web client keeps a connection open and draws in steps, so neither "loaded" nor
    "network idle" says that it is done.
    """
    if wait_for:
        page.wait_for_selector(wait_for)
    quiet, seen = 0, None
    deadline = time.monotonic() + TIMEOUT / 1000
    while quiet < QUIET_LOOKS:
        if time.monotonic() > deadline:
            raise Error("the screen does not come to rest")
        page.wait_for_timeout(300)
        ready, now = page.evaluate(STATE, BUSY)
        quiet = quiet + 1 if ready and now == seen else 0
        seen = now


def _first(error: Error) -> str:
    return str(error).splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
