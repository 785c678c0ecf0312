// Where awk writes to besides its standard output: files, and commands that run when it ends.
import type { ProgramIO } from "../machine.ts";
import { inputOf } from "../streams.ts";
import type { Task } from "../task.ts";

/** Characters that are gathered before they are written. */
const PORTION = 16_384;

/** The outputs of one run. */
export class Outputs {
  readonly #io: ProgramIO;
  #text = "";
  readonly #files = new Set<string>();
  readonly #commands = new Map<string, string[]>();

  constructor(io: ProgramIO) {
    this.#io = io;
  }

  print(text: string): void {
    this.#text += text;
    if (this.#text.length > PORTION) this.flush();
  }

  flush(): void {
    const text = this.#text;
    this.#text = "";
    if (text !== "") this.#io.out(text);
  }

  to(kind: ">" | ">>" | "|", name: string, text: string): void {
    if (kind === "|") {
      const before = this.#commands.get(name);
      if (before === undefined) this.#commands.set(name, [text]);
      else before.push(text);
      return;
    }
    if (name === "/dev/stdout" || name === "-") this.print(text);
    else if (name === "/dev/stderr") {
      this.flush();
      this.#io.err(text);
    } else if (kind === ">" && !this.#files.has(name)) {
      this.#files.add(name);
      this.#io.files.write(name, text);
    } else this.#io.files.append(name, text);
  }

  /** Runs the commands that were written to. */
  *end(): Task<void> {
    this.flush();
    for (const [command, texts] of this.#commands)
      yield* this.#io.run(["sh", "-c", command], { stdin: inputOf(texts.join("")) });
  }
}
