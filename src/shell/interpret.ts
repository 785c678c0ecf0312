// Runs a parsed script: lists, pipelines, loops; every step may end later in virtual time.
import { Incomplete, type Piece, piecesOfBody, SyntaxFault, type Word } from "./lex.ts";
import { type CommandNode, type List, type Pipeline, parseScript, type SimpleCommand } from "./parse.ts";
import { connect, type Streams } from "./streams.ts";

/** What the interpreter needs of its surroundings. */
export interface Host {
  readonly files: Map<string, string>;
  readonly variables: Map<string, string>;
  /** Set when Ctrl-C was pressed: nothing more is started. */
  readonly interrupted: boolean;
  /** Virtual time now, to notice loops in which none passes. */
  now(): number;
  run(words: readonly string[], streams: Streams, done: (code: number) => void): void;
  /** Starts a job beside what runs; `start` is given the surroundings that the job has. */
  background(text: string, streams: Streams, start: (host: Host, done: (code: number) => void) => void): void;
}

type Done = (code: number) => void;

/** Rounds a loop may make in one instant of virtual time. */
const MAX_ROUNDS = 10_000;
const INTERRUPTED = 130;
/** Characters that a variable may hold: a loop that doubles one would fill the memory. */
const LONGEST_VALUE = 1_000_000;

/** Runs a script's text and tells its exit status. */
export function runScript(text: string, host: Host, streams: Streams, done: Done): void {
  let list: List;
  try {
    list = parseScript(text);
  } catch (error) {
    if (!(error instanceof SyntaxFault || error instanceof Incomplete)) throw error;
    streams.err(`bash: ${error instanceof Incomplete ? "unexpected end of input" : error.message}\n`);
    done(2);
    return;
  }
  new Interpreter(host).list(list, streams, done);
}

class Interpreter {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  list(list: List, streams: Streams, done: Done): void {
    let at = 0;
    let code = 0;
    repeat((next) => {
      const item = list[at++];
      if (item === undefined || this.#host.interrupted) {
        done(this.#host.interrupted ? INTERRUPTED : code);
        return;
      }
      if ((item.after === "&&" && code !== 0) || (item.after === "||" && code === 0)) {
        next();
        return;
      }
      if (item.background !== undefined) {
        this.#host.background(item.background, streams, (host, ended) =>
          new Interpreter(host).#pipeline(item.pipeline, { ...streams, stdin: "" }, ended),
        );
        code = 0;
        next();
        return;
      }
      this.#pipeline(item.pipeline, streams, (result) => {
        code = result;
        this.#host.variables.set("?", String(code));
        next();
      });
    });
  }

  #pipeline({ stages, negated }: Pipeline, streams: Streams, done: Done): void {
    let at = 0;
    let stdin = streams.stdin;
    let code = 0;
    repeat((next) => {
      const stage = stages[at++];
      if (stage === undefined) {
        done(negated ? Number(code === 0) : code);
        return;
      }
      const last = at === stages.length;
      const collected: string[] = [];
      const out = last ? streams.out : (text: string) => void collected.push(text);
      this.#command(stage, { ...streams, stdin, out, screen: last && streams.screen }, (result) => {
        stdin = collected.join("");
        code = result;
        next();
      });
    });
  }

  #command(node: CommandNode, streams: Streams, done: Done): void {
    switch (node.kind) {
      case "simple":
        this.#simple(node, streams, done);
        break;
      case "group":
        this.list(node.body, streams, done);
        break;
      case "for":
        this.#for(node, streams, done);
        break;
      case "while":
        this.#while(node, streams, done);
        break;
      case "if":
        this.#if(node, streams, done);
        break;
    }
  }

  #for(node: Extract<CommandNode, { kind: "for" }>, streams: Streams, done: Done): void {
    this.#words(node.words, streams, (values) => {
      let at = 0;
      let code = 0;
      repeat((next) => {
        const value = values[at++];
        if (value === undefined || this.#host.interrupted) {
          done(this.#host.interrupted ? INTERRUPTED : code);
          return;
        }
        this.#host.variables.set(node.name, value);
        this.list(node.body, streams, (result) => {
          code = result;
          next();
        });
      });
    });
  }

  #while(node: Extract<CommandNode, { kind: "while" }>, streams: Streams, done: Done): void {
    let rounds = 0;
    let since = this.#host.now();
    let code = 0;
    repeat((next) => {
      if (this.#host.now() > since) rounds = 0;
      since = this.#host.now();
      if (++rounds > MAX_ROUNDS) {
        streams.err(`bash: a loop of more than ${MAX_ROUNDS} rounds in one instant was stopped; put a sleep into it\n`);
        done(1);
        return;
      }
      this.list(node.condition, streams, (result) => {
        if (this.#host.interrupted || (result === 0) === node.until) done(this.#host.interrupted ? INTERRUPTED : code);
        else
          this.list(node.body, streams, (inner) => {
            code = inner;
            next();
          });
      });
    });
  }

  #if(node: Extract<CommandNode, { kind: "if" }>, streams: Streams, done: Done): void {
    let at = 0;
    repeat((next) => {
      const arm = node.arms[at++];
      if (arm === undefined) {
        if (node.otherwise === undefined) done(0);
        else this.list(node.otherwise, streams, done);
        return;
      }
      this.list(arm.condition, streams, (code) => (code === 0 ? this.list(arm.body, streams, done) : next()));
    });
  }

  #simple(node: SimpleCommand, streams: Streams, done: Done): void {
    this.#words(node.words, streams, (words) => {
      this.#redirected(
        node,
        streams,
        (redirected, finish) => {
          if (redirected === undefined) {
            done(1);
            return;
          }
          if (words.length === 0) {
            this.#assign(node, streams, () => finish(0));
            return;
          }
          const restore = this.#remember(node);
          this.#assign(node, streams, () =>
            this.#host.run(words, redirected, (code) => {
              restore();
              finish(code);
            }),
          );
        },
        done,
      );
    });
  }

  /** Variables before a command are set for that command alone. */
  #remember({ assignments }: SimpleCommand): () => void {
    const { variables } = this.#host;
    const before = assignments.map(({ name }) => [name, variables.get(name)] as const);
    return () => {
      for (const [name, value] of before) {
        if (value === undefined) variables.delete(name);
        else variables.set(name, value);
      }
    };
  }

  #assign(node: SimpleCommand, streams: Streams, done: () => void): void {
    let at = 0;
    repeat((next) => {
      const assignment = node.assignments[at++];
      if (assignment === undefined) {
        done();
        return;
      }
      this.#fill([assignment.value], streams, ([value = [""]]) => {
        const text = value.join(" ");
        if (text.length <= LONGEST_VALUE) this.#host.variables.set(assignment.name, text);
        else
          streams.err(`bash: ${assignment.name}: a value of more than ${LONGEST_VALUE} characters is not kept here\n`);
        next();
      });
    });
  }

  /** Connects the streams as the redirections say, in their order; `finish` writes the files and ends the command. */
  #redirected(
    node: SimpleCommand,
    streams: Streams,
    go: (streams: Streams | undefined, finish: Done) => void,
    done: Done,
  ): void {
    const targets = node.redirects.map((redirect) => redirect.target);
    const here = node.here === undefined ? [] : [node.here.quoted ? [] : piecesOfBody(node.here.body)];
    this.#fill([...targets, ...here], streams, (filled) => {
      const body =
        node.here === undefined ? undefined : node.here.quoted ? node.here.body : (filled.at(-1) ?? []).join("");
      const connected = connect(
        this.#host.files,
        node.redirects.map((redirect, at) => ({ redirect, name: (filled[at] ?? []).join(" ") })),
        streams,
      );
      if (typeof connected === "string") {
        streams.err(`${connected}\n`);
        go(undefined, done);
        return;
      }
      go(body === undefined ? connected : { ...connected, stdin: body }, done);
    });
  }

  #words(words: readonly Word[], streams: Streams, done: (words: string[]) => void): void {
    this.#fill(words, streams, (filled) => done(filled.flat()));
  }

  /** Fills in variables and commands; unquoted ones are split at blanks, and vanish when empty. */
  #fill(words: readonly Word[], streams: Streams, done: (filled: string[][]) => void): void {
    const filled: string[][] = [];
    let at = 0;
    repeat((next) => {
      const word = words[at++];
      if (word === undefined) {
        done(filled);
        return;
      }
      this.#expand(word, streams, (parts) => {
        filled.push(splitFields(parts));
        next();
      });
    });
  }

  #expand(word: Word, streams: Streams, done: (parts: Part[]) => void): void {
    const parts: Part[] = [];
    let at = 0;
    repeat((next) => {
      const piece = word[at++];
      if (piece === undefined) {
        done(parts);
        return;
      }
      if (piece.kind !== "command") {
        parts.push({ text: this.#plain(piece), quoted: piece.quoted || piece.kind === "text" });
        next();
        return;
      }
      const collected: string[] = [];
      const inner = { ...streams, stdin: "", out: (text: string) => void collected.push(text), screen: false };
      runScript(piece.source, this.#host, inner, () => {
        parts.push({ text: collected.join("").replace(/\n+$/, ""), quoted: piece.quoted });
        next();
      });
    });
  }

  #plain(piece: Exclude<Piece, { kind: "command" }>): string {
    if (piece.kind === "text") return piece.text;
    const value = this.#host.variables.get(piece.name) ?? "";
    return value === "" ? (piece.fallback ?? "") : value;
  }
}

interface Part {
  readonly text: string;
  readonly quoted: boolean;
}

function splitFields(parts: readonly Part[]): string[] {
  const fields: string[] = [];
  let open: string | undefined = parts.length === 0 ? "" : undefined;
  for (const { text, quoted } of parts) {
    if (quoted) {
      open = (open ?? "") + text;
      continue;
    }
    for (const [at, chunk] of text.split(/\s+/).entries()) {
      if (at > 0 && open !== undefined) {
        fields.push(open);
        open = undefined;
      }
      if (chunk !== "") open = (open ?? "") + chunk;
    }
  }
  return open === undefined ? fields : [...fields, open];
}

/** Calls `step` again each time it calls `next`, without growing the stack when it does so at once. */
function repeat(step: (next: () => void) => void): void {
  let running = false;
  let again = true;
  const next = () => {
    again = true;
    if (!running) loop();
  };
  const loop = () => {
    running = true;
    while (again) {
      again = false;
      step(next);
    }
    running = false;
  };
  loop();
}
