// The shell's screen: what was typed and printed in a run, whether the console is open or not.
import { Emitter } from "../../cluster/index.ts";
import type { TimedAction } from "../../scenario/index.ts";
import { addCommand, addOutput, cleared, EMPTY_SCROLLBACK, type Scrollback } from "./scrollback.ts";

type OutputKind = "out" | "err" | "note";

/** Collects the shell's commands and output of one run; handed to the run as its options when that is made. */
export class Transcript {
  #scrollback: Scrollback = EMPTY_SCROLLBACK;
  #process: { readonly done: boolean } | undefined;
  /** Output that came before its command was reported: commands are reported once started. */
  #early: Array<readonly [OutputKind, string]> = [];
  /** Whether a command is being started. What comes at any other time is a job's, and is shown at once. */
  #starting = false;
  #prompt = "$ ";
  #wasBusy = false;
  /** Tells that something was printed, or that the prompt is another. */
  readonly changed = new Emitter<void>();
  readonly #promptNow: () => string;

  /** @param promptNow - what the shell shows before the cursor. */
  constructor(promptNow: () => string) {
    this.#promptNow = promptNow;
  }

  readonly sink = {
    begins: () => {
      this.#starting = true;
    },
    out: (text: string) => this.#output("out", text),
    err: (text: string) => this.#output("err", text),
  };

  readonly onAction = ({ at, action }: TimedAction, result: { readonly process?: { readonly done: boolean } }) => {
    if (action.kind !== "shell") return;
    let scrollback = addCommand(this.#scrollback, promptName(this.#prompt), action.line, at);
    for (const [kind, text] of this.#early) scrollback = addOutput(scrollback, kind, text);
    this.#early = [];
    this.#starting = false;
    this.#process = result.process;
    this.#change(scrollback);
  };

  get scrollback(): Scrollback {
    return this.#scrollback;
  }

  /** Whether a command has the shell; the next one waits. */
  get busy(): boolean {
    return this.#process !== undefined && !this.#process.done;
  }

  /** What comes before the cursor: `laptop$`, `node-1$`. */
  get prompt(): string {
    return promptName(this.#promptNow());
  }

  /** Looks whether a command ended or the prompt changed; called in every frame. */
  tick(): void {
    if (this.busy !== this.#wasBusy || this.#promptNow() !== this.#prompt) this.#change(this.#scrollback);
  }

  /** Shows what was typed and given up with Ctrl+C. */
  giveUp(text: string): void {
    this.#change(addCommand(this.#scrollback, this.prompt, `${text}^C`));
  }

  /** Says something that no command printed. */
  note(text: string): void {
    this.#change(addOutput(this.#scrollback, "note", `${text}\n`));
  }

  clear(): void {
    this.#change(cleared(this.#scrollback));
  }

  #output(kind: OutputKind, text: string): void {
    if (this.#starting) this.#early.push([kind, text]);
    else this.#change(addOutput(this.#scrollback, kind, text));
  }

  #change(scrollback: Scrollback): void {
    this.#scrollback = scrollback;
    this.#prompt = this.#promptNow();
    this.#wasBusy = this.busy;
    this.changed.emit();
  }
}

/** The shell's own prompt as the page writes it: on the laptop the shell says only `$ `. */
function promptName(prompt: string): string {
  const place = prompt.replace(/\s*\$\s*$/, "").trim();
  return `${place === "" ? "laptop" : place}$`;
}
