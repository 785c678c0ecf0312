// `<pod-path>`: a block of YAML on someone's page that becomes a playground, and stays readable where it can't.
import { packPlain } from "../../../scenario/pack.ts";
import { kitWords } from "../../../words/kit.ts";
import { wantedHeight } from "../height.ts";
import type { FrameMessage } from "../messages.ts";
import { OPTIONS } from "./attributes.ts";
import { codeOf } from "./blocks.ts";
import { onThemeChange, themeAround } from "./theme.ts";

const EVENTS = ["ready", "answered", "failed", "statement"] as const;
/** How long a frame may take until it answers, and a message until it is answered, in ms. */
const PATIENCE_MS = 30_000;
const GREET_MS = 500;
/** The narrowest frame that shows the picture whole, in pixels; where there is less room, it is drawn smaller. */
const LEAST_WIDTH = 360;
const HEIGHTS = { least: 120, most: 4_000 };

const STYLES = `
:host { display: block; position: relative; margin: 1em 0; }
:host([hidden]) { display: none; }
div { position: relative; overflow: auto; }
iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; border-radius: 8px; visibility: hidden; transform-origin: 0 0; }
button {
  position: absolute; z-index: 1; left: 8px; padding: 8px 12px; border: 2px solid; border-radius: 6px;
  background: Canvas; color: CanvasText; font: 14px/1.4 system-ui, sans-serif;
}
button:not(:focus), :host(:not([data-live])) button { opacity: 0; pointer-events: none; }
:host(:not([data-live])) button { visibility: hidden; }
button:first-of-type { top: 8px; }
button:last-of-type { bottom: 8px; }
p { margin: 0.4em 0; white-space: pre-line; font: 14px/1.4 system-ui, sans-serif; }
:host([data-live]) iframe { visibility: visible; }
:host([data-live]) slot { display: none; }
@media print {
  div { height: auto !important; }
  iframe, button { display: none; }
  :host([data-live]) slot { display: block; }
}
`;

/** In the language of the text around the element. */
const wordsOf = (element: Element) => kitWords(element.closest("[lang]")?.getAttribute("lang") ?? "");

/** Where the playground is: beside the script that defined the element. */
let home = "";

/** Says where the playground is. */
export function setHome(address: string): void {
  home = address;
}

/** What can be sent: from a client outside, to an address or a name with a port. */
export interface Sending {
  readonly from?: string;
  readonly to?: string;
}

/** The state of a frame. */
export interface FrameState {
  readonly text: string;
  /** The part of a link after `#`. */
  readonly fragment: string;
  /** Virtual milliseconds. */
  readonly time: number;
}

interface Waiting {
  readonly done: (message: FrameMessage) => void;
  readonly failed: (error: Error) => void;
}

/** Where there is no page, as in a site's build, the class is there and no element. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** The element. Its events are `ready`, `answered`, `failed` and `statement`, each with the frame's message as `detail`. */
export class PodPath extends Base {
  #frame: HTMLIFrameElement | undefined;
  #box: HTMLElement | undefined;
  /** What of its YAML could not be applied, below the frame. */
  #complaint: HTMLElement | undefined;
  #stops: Array<() => void> = [];
  #waiting = new Map<string, Waiting>();
  #nextId = 1;
  #ready: Promise<void> = Promise.resolve();
  #becameReady: (failed?: Error) => void = () => undefined;

  connectedCallback(): void {
    const begin = () => {
      if (this.isConnected && this.#frame === undefined) this.#begin();
    };
    // Its content is there only when the page has been parsed.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
    else queueMicrotask(begin);
  }

  disconnectedCallback(): void {
    for (const stop of this.#stops.splice(0)) stop();
    for (const { failed } of this.#waiting.values()) failed(new Error("the element was removed"));
    this.#waiting.clear();
    this.#frame?.remove();
    this.#frame = undefined;
    this.#complaint = undefined;
    delete this.dataset.live;
  }

  /** Shows a manifest in a fresh cluster. @throws Error with the reason when it can't be applied */
  async set(text: string): Promise<void> {
    await this.#ask({ type: "podpath:set", text });
    this.#complaint?.remove();
    this.#complaint = undefined;
  }

  async get(): Promise<FrameState> {
    const { text, fragment, time } = (await this.#ask({ type: "podpath:get" })) as FrameState & FrameMessage; // its answer
    return { text, fragment, time };
  }

  /** Shows another moment, paused. @param time - virtual milliseconds */
  async seek(time: number): Promise<void> {
    await this.#ask({ type: "podpath:seek", time });
  }

  /** Sends one request; without an argument the one that "Send request" sends. How it ends is an event. */
  async send(sending: Sending = {}): Promise<void> {
    await this.#ask({ type: "podpath:send", ...sending });
  }

  #begin(): void {
    const address = this.#address();
    if (!/^https?:$/.test(address.protocol)) return; // the block stays text
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const styles = new CSSStyleSheet();
    styles.replaceSync(STYLES);
    root.adoptedStyleSheets = [styles];
    const words = wordsOf(this);
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("label") ?? this.getAttribute("caption") ?? words.title;
    frame.loading = "lazy";
    // Another origin is kept apart already, and a sandbox would keep it from the browser's cache.
    if (address.origin === location.origin)
      frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.src = address.href;
    const slot = document.createElement("slot");
    const box = document.createElement("div");
    box.append(slot, frame);
    const before = wayPast(words.skip, () => after.focus());
    const after = wayPast(words.back, () => before.focus());
    root.replaceChildren(before, box, after);
    const caption = this.getAttribute("caption");
    if (caption !== null) root.append(paragraph(caption));
    this.#frame = frame;
    this.#box = box;
    // The room is kept from the beginning, so that nothing on the page moves when the frame is there.
    const height = Number(this.getAttribute("height") ?? "");
    this.#size(height > 0 ? height : wantedHeight(this.clientWidth));
    this.#ready = new Promise((resolve, reject) => {
      this.#becameReady = (failed) => (failed === undefined ? resolve() : reject(failed));
    });
    this.#ready.catch(() => undefined); // whoever asks hears of it
    this.#listen(frame, root);
    const sized = new ResizeObserver(() => drawSmaller(frame, box.clientWidth));
    sized.observe(box);
    this.#stops.push(() => sized.disconnect());
  }

  #address(): URL {
    const address = new URL(this.getAttribute("src") ?? home, document.baseURI);
    address.searchParams.set("embed", "");
    for (const name of OPTIONS) {
      const value = this.getAttribute(name);
      if (value !== null) address.searchParams.set(name, value);
    }
    address.searchParams.set("theme", this.#theme());
    const isNamed = this.hasAttribute("scenario") || this.hasAttribute("lesson");
    const text = codeOf(this);
    const link = this.getAttribute("link");
    if (link !== null) address.hash = link;
    else if (text.trim() !== "" && !isNamed) address.hash = packPlain({ text });
    return address;
  }

  #theme(): "light" | "dark" {
    const chosen = this.getAttribute("theme");
    return chosen === "light" || chosen === "dark" ? chosen : themeAround(this);
  }

  #listen(frame: HTMLIFrameElement, root: ShadowRoot): void {
    const listener = ({ source, data }: MessageEvent<unknown>) => {
      if (source === frame.contentWindow && isFrameMessage(data)) this.#hear(data);
    };
    addEventListener("message", listener);
    const greet = () => frame.contentWindow?.postMessage({ type: "podpath:hello" }, "*");
    const greeting = setInterval(greet, GREET_MS);
    frame.addEventListener("load", greet);
    let loaded = false;
    frame.addEventListener("load", () => {
      if (loaded) return;
      loaded = true;
      const giveUp = setTimeout(() => {
        clearInterval(greeting);
        if (this.dataset.live !== undefined) return;
        root.append(paragraph(wordsOf(this).notLoaded));
        this.#becameReady(new Error("the playground did not load"));
      }, PATIENCE_MS);
      this.#stops.push(() => clearTimeout(giveUp));
    });
    this.#ready.then(
      () => clearInterval(greeting),
      () => undefined,
    );
    const stopTheme = onThemeChange(() => {
      frame.contentWindow?.postMessage({ type: "podpath:theme", theme: this.#theme() }, "*");
    });
    this.#stops.push(
      () => removeEventListener("message", listener),
      () => clearInterval(greeting),
      stopTheme,
    );
  }

  #hear(message: FrameMessage): void {
    if (message.type === "podpath:ready" && this.dataset.live === undefined) this.#goLive();
    if ("height" in message && !this.hasAttribute("height")) this.#size(message.height);
    if ("id" in message && message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.type === "podpath:error") waiting?.failed(new Error(message.message));
      else waiting?.done(message);
      return;
    }
    if (message.type === "podpath:error" && this.#complaint === undefined) {
      this.#complaint = paragraph(wordsOf(this).inYaml(message.message));
      this.shadowRoot?.append(this.#complaint);
    }
    const name = EVENTS.find((each) => message.type === `podpath:${each}`);
    if (name !== undefined) this.dispatchEvent(new CustomEvent(name, { detail: message, bubbles: true }));
  }

  #goLive(): void {
    this.dataset.live = "";
    this.#becameReady();
    const sending = this.getAttribute("send");
    if (sending === null) return;
    const [from, to] = sending.trim().split(/\s+/, 2);
    const wish = { ...(from ? { from } : {}), ...(to === undefined ? {} : { to }) };
    this.send(wish).catch(reportError);
  }

  #size(height: number): void {
    const { least, most } = HEIGHTS;
    // Set as a property: a policy that forbids style attributes allows it, and no style sheet of the page reaches it here.
    if (this.#box !== undefined && Number.isFinite(height))
      this.#box.style.height = `${Math.min(most, Math.max(least, Math.round(height)))}px`;
  }

  async #ask(message: object): Promise<FrameMessage> {
    await this.#ready;
    const frame = this.#frame?.contentWindow;
    if (frame == null) throw new Error("the element is not on the page");
    const id = String(this.#nextId++);
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed });
      setTimeout(() => {
        if (this.#waiting.delete(id)) failed(new Error("the playground did not answer"));
      }, PATIENCE_MS);
      frame.postMessage({ ...message, id }, "*");
    });
  }
}

/** Draws a frame smaller where there is less room than it needs. */
function drawSmaller({ style }: HTMLElement, width: number): void {
  const scale = width > 0 && width < LEAST_WIDTH ? width / LEAST_WIDTH : 1;
  style.width = scale < 1 ? `${LEAST_WIDTH}px` : "";
  style.height = scale < 1 ? `${100 / scale}%` : "";
  style.transform = scale < 1 ? `scale(${scale})` : "";
}

/** A way past the frame for the keyboard, seen while it has the focus: the frame has dozens of controls. */
function wayPast(text: string, go: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", go);
  return button;
}

function paragraph(text: string): HTMLParagraphElement {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

/** Whether someone's message is one of the frame's: it came from the frame, whose types are its own. */
function isFrameMessage(data: unknown): data is FrameMessage {
  return (
    typeof data === "object" &&
    data !== null &&
    "type" in data &&
    typeof data.type === "string" &&
    data.type.startsWith("podpath:")
  );
}
