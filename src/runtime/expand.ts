// Variables in the words of a container.
import { own } from "../cluster/index.ts";

/** Replaces `$(NAME)` by variables that are known. */
// Models kubernetes/third_party/forked/golang/expansion
export function expandVariables(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    whole === "$$" ? "$" : (own(env, name ?? "") ?? whole),
  );
}
