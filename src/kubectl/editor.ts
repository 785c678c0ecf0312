// Opening a text in an editor: a program of KUBE_EDITOR or EDITOR, or the one that the surroundings have.
import { CommandError } from "./command-error.ts";
import { guard } from "./guard.ts";
import { type CommandIO, fileName } from "./io.ts";

const FIRST_FILE = 1_000_000_000;

/** A text that is edited, under the name of the file in which it would be kept. */
export interface Draft {
  readonly file: string;
  readonly text: string;
}

/** A name for a file of this command that is not taken. */
export function draftName(io: CommandIO, extension: string): string {
  const taken = [...io.files.keys()].filter((name) => name.startsWith("/tmp/kubectl-edit-")).length;
  return `/tmp/kubectl-edit-${FIRST_FILE + taken}.${extension}`;
}

/** Lets someone edit a text; `done` gets what was saved, the same text when nothing was. @throws CommandError where nobody can. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util/editor Editor.Launch
export function editText(draft: Draft, io: CommandIO, done: (text: string) => void): void {
  const program = io.env?.get("KUBE_EDITOR") ?? io.env?.get("EDITOR") ?? "";
  if (program !== "" && io.runProgram !== undefined) {
    launch(program, draft, io, done);
    return;
  }
  if (io.edit === undefined)
    throw new CommandError(
      'there is no editor here: the page\'s console opens one; in a terminal name a program, as in KUBE_EDITOR="sed -i s/80/81/" kubectl edit …, or use kubectl patch',
    );
  io.edit(draft, (text) => guard(io, () => done(text ?? draft.text)));
}

function launch(program: string, { file, text }: Draft, io: CommandIO, done: (text: string) => void): void {
  const name = fileName(file);
  io.files.set(name, text);
  const exit = (code: number) =>
    guard(io, () => {
      const edited = io.files.get(name) ?? "";
      io.files.delete(name);
      if (code !== 0) throw new CommandError(`there was a problem with the editor ${JSON.stringify(program)}`);
      done(edited);
    });
  const at = io.at ?? { place: { kind: "client", name: "laptop" } };
  io.runProgram?.(at, ["sh", "-c", `${program} ${file}`], { ...io, stdin: "", exit });
}
