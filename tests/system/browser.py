"""Chromium without a window, driven by its DevTools protocol over a pipe: no driver, no port, no package.

What pages ask for is answered here: our own files as they are, pictures of other hosts by a stand-in, nothing else.
The protocol: https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.system.conftest import need

PHONE, DESKTOP = 390, 1280
"""Widths in CSS pixels."""
_PATIENCE = 30.0
"""Seconds in which an answer must come."""
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions",
    "--force-color-profile=srgb", "--remote-debugging-pipe",
)  # fmt: skip
_GREY = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><path fill="#8a8f98" d="M0 0h640v400H0z"/></svg>'
)

_SHOWN_TEXT = """(() => {
  const root = document.documentElement, range = document.createRange(), shown = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    range.selectNodeContents(text);
    const isSeen = range.getClientRects().length && text.parentElement.checkVisibility({ visibilityProperty: true });
    if (isSeen && text.data.trim()) shown.push(text.data.trim());
  }
  for (const element of [root, ...root.children]) {
    const content = getComputedStyle(element, "::before").content;
    if (content.startsWith('"')) shown.push(content);
  }
  return shown.join("\\n");
})()"""

_SHOWN_PICTURES = """Promise.all([...document.images ?? []]
  .filter((picture) => picture.getBoundingClientRect().top < innerHeight)
  .map((picture) => picture.decode().catch(() => null)))
  .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))"""

# Opening a dialog is what scripts do that nobody wrote; frames' own windows are told of by events.
_HOOK = "for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => executed(name)"

Params = dict[str, Any]


@dataclass
class Page:
    """One tab, and what came of the page that it shows."""

    _browser: Chromium
    _session: str
    home: str
    """What our own files' addresses begin with."""
    address: str = ""
    faults: list[str] = field(default_factory=list)
    """What the console tells of errors and of what the page's policy forbids."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Kind of resource and address of all that was requested from elsewhere."""
    executed: list[str] = field(default_factory=list)
    """Dialogs that scripts have opened."""
    stand_ins: Sequence[tuple[str, bytes]] = (("image/svg+xml", _GREY),)
    """Media types and bytes of the pictures that stand for those of other hosts, chosen by their addresses."""
    is_loaded: bool = False

    def open(self, address: str) -> None:
        """Open an address and wait until all has been loaded."""
        self.faults.clear()
        self.asked.clear()
        self.executed.clear()
        self.address, self.is_loaded = address, False
        answer = self.call("Page.navigate", url=address)
        assert "errorText" not in answer, f"{address}: {answer['errorText']}"
        self._browser.listen(lambda: self.is_loaded)
        self.call("Runtime.evaluate", expression="1")  # what the console has to say comes before the answer

    def call(self, method: str, **params: object) -> Params:
        """Call a method of the protocol on this tab."""
        return self._browser.call(method, params, self._session)

    def run(self, expression: str) -> Any:
        """Evaluate a script, wait for its promise, and answer its value."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def shown_text(self) -> str:
        """Answer the text that a person sees, styles' own text behind it."""
        text = self.run(_SHOWN_TEXT)
        assert isinstance(text, str)
        return text

    def type_text(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def press(self, selector: str) -> None:
        """Press the middle of the first element that a selector finds."""
        x, y = self.run(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)}); one.scrollIntoView();"
            " const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self) -> bytes:
        """Take a PNG of what is seen, with its pictures."""
        self.run(_SHOWN_PICTURES)
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def take(self, method: str, params: Params) -> None:
        """Note what the browser tells of this tab, and answer what it asks."""
        match method:
            case "Page.loadEventFired":
                self.is_loaded = True
            case "Log.entryAdded" if params["entry"]["level"] in ("error", "warning"):
                address = params["entry"].get("url", "")
                if not address.endswith("/favicon.ico"):  # which browsers look for beside feeds, whatever feeds say
                    self.faults.append(f"{params['entry']['source']}: {params['entry']['text']} {address}")
            case "Runtime.exceptionThrown":
                self.faults.append(params["exceptionDetails"]["text"])
            case "Runtime.consoleAPICalled" if params["type"] in ("error", "warning", "assert"):
                self.faults.append(str([value.get("value") for value in params["args"]]))
            case "Runtime.bindingCalled":
                self.executed.append(params["payload"])
            case "Page.javascriptDialogOpening":
                self.executed.append(params["message"])
                self._browser.send("Page.handleJavaScriptDialog", {"accept": True}, self._session)
            case "Fetch.requestPaused":
                self._answer(params["requestId"], params["resourceType"], params["request"]["url"])

    def _answer(self, request: str, kind: str, address: str) -> None:
        if address.startswith(self.home):
            self._browser.send("Fetch.continueRequest", {"requestId": request}, self._session)
            return
        self.asked.append((kind, address))
        answer: Params = {"requestId": request, "responseCode": 403}
        if kind == "Image":
            media_type, picture = self.stand_ins[zlib.crc32(address.encode()) % len(self.stand_ins)]
            headers = [{"name": "Content-Type", "value": media_type}]
            body = base64.b64encode(picture).decode()
            answer = {"requestId": request, "responseCode": 200, "responseHeaders": headers, "body": body}
        self._browser.send("Fetch.fulfillRequest", answer, self._session)


class Chromium:
    """A browser with a profile of its own, spoken to over a pipe."""

    def __init__(self, profile: Path) -> None:
        theirs_in, self._to = os.pipe()
        self._from, theirs_out = os.pipe()
        # Chromium reads file descriptor 3 and writes 4, so none of ours may be one of them.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (theirs_in, theirs_out)]
        shell = 'exec "$0" "$@" 3<&{} 4>&{}'.format(*ends)
        command = ["bash", "-c", shell, need("chromium"), *_FLAGS, f"--user-data-dir={profile}"]
        log = profile.with_suffix(".log").open("wb")
        self._process = subprocess.Popen(command, pass_fds=ends, stdout=log, stderr=log)
        for end in (theirs_in, theirs_out, *ends):
            os.close(end)
        log.close()
        self._next = 0
        self._rest = b""
        self._answers: dict[int, Params] = {}
        self._pages: dict[str, Page] = {}

    @contextmanager
    def page(
        self, home: str, *, width: int = DESKTOP, height: int = 844, is_dark: bool = False, scripts: bool = True
    ) -> Iterator[Page]:
        """Open a tab whose own files are those at an address or in a folder.

        Args:
            home: What the addresses of our own files begin with.
            width: Of the window, in CSS pixels; as narrow as a phone's, it is one.
            height: Of the window, in CSS pixels.
            is_dark: The system prefers dark colours.
            scripts: Pages may run scripts.
        """
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        page = self._pages[session] = Page(self, session, home)
        for domain in ("Page", "Runtime", "Log"):
            page.call(f"{domain}.enable")
        page.call("Fetch.enable", patterns=[{"urlPattern": "http*"}, {"urlPattern": "file:*"}])
        page.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width == PHONE,
        )
        scheme = "dark" if is_dark else "light"
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        page.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        page.call("Runtime.addBinding", name="executed")
        page.call("Page.addScriptToEvaluateOnNewDocument", source=_HOOK)
        try:
            yield page
        finally:
            self.call("Target.closeTarget", {"targetId": target})
            del self._pages[session]

    def call(self, method: str, params: Params, session: str | None = None) -> Params:
        """Call a method of the protocol and answer its result."""
        number = self.send(method, params, session)
        self.listen(lambda: number in self._answers)
        answer = self._answers.pop(number)
        assert "error" not in answer, f"{method}: {answer['error']}"
        result = answer["result"]
        assert isinstance(result, dict)
        return result

    def send(self, method: str, params: Params, session: str | None = None) -> int:
        """Send a message, and answer the number that its answer will bear."""
        self._next += 1
        message: Params = {"id": self._next, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        return self._next

    def listen(self, is_enough: Callable[[], bool]) -> None:
        """Take what the browser tells until a condition holds."""
        end = time.monotonic() + _PATIENCE
        while not is_enough():
            ready, _, _ = select.select([self._from], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"Chromium has not answered for {_PATIENCE:g} seconds"
            data = os.read(self._from, 1 << 20)
            assert data, "Chromium has ended"
            *messages, self._rest = (self._rest + data).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    self._answers[message["id"]] = message
                elif page := self._pages.get(message.get("sessionId", "")):
                    page.take(message["method"], message["params"])

    def close(self) -> None:
        """Have the browser end."""
        with suppress(AssertionError, OSError):
            self.call("Browser.close", {})
        for end in (self._to, self._from):
            os.close(end)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
