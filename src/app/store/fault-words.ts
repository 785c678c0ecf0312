// Breaking something and undoing it, briefly: a log names a fault by its id.
import { own } from "../../cluster/index.ts";
import { W } from "../../words/en/fault-words.ts";

interface Words {
  /** What was done when the fault was made. */
  readonly made: string;
  /** What was done when it was undone. */
  readonly undone: string;
}

/** The words for the id of a fault, as `faultId` gives it; for an unknown id, the id itself. */
export function faultWords(id: string): Words {
  const [subject = "", ...more] = id.split(" ");
  const [kind = "", ...path] = subject.split("/");
  const name = path.at(-1) ?? "";
  const option = more.at(-1);
  const [made, undone] =
    option?.startsWith("--") === true
      ? (own(W.options, option) ?? W.options["--slow-shutdown"])(`${kind} ${name}`)
      : (own(W.kinds, kind) ?? W.other)(name === "" ? W.both(more) : name, id);
  return { made, undone };
}
