// Finds the names of objects in what a command printed.
import { type ObjectKey, type ResourceName, splitKey } from "../../cluster/index.ts";

/** An object that can be selected. */
export interface Mentioned {
  readonly resource: ResourceName;
  readonly key: ObjectKey;
}

/** A stretch of text; with an object when it is its name. */
export interface Stretch {
  readonly text: string;
  readonly object?: Mentioned;
}

/** Names, addresses and `kind/name` by their spelling. */
export type Names = ReadonlyMap<string, Mentioned>;

/** Resources whose names are looked for; of equal names the earlier resource is meant. */
const LINKED: readonly ResourceName[] = ["pods", "services", "nodes", "deployments.apps"];

type Keyed = ReadonlyMap<ResourceName, ReadonlyMap<ObjectKey, unknown>>;

/** All that can be found in output, recreated when objects changed. */
export function namesOf(objects: Keyed): Names {
  const names = new Map<string, Mentioned>();
  for (const resource of LINKED)
    for (const key of objects.get(resource)?.keys() ?? []) {
      const { name } = splitKey(key);
      const object = { resource, key };
      if (!names.has(name)) names.set(name, object);
      names.set(`${resource.split(".")[0]?.replace(/s$/, "")}/${name}`, object);
    }
  return names;
}

const WORD = /[a-z0-9](?:[a-z0-9./-]*[a-z0-9])?/g;

/** Takes a line apart; words that name an object carry it. `kind/name` and `kind.group/name` are tried as a whole, then the name alone. */
export function mentionsIn(line: string, names: Names): readonly Stretch[] {
  const found: Stretch[] = [];
  let done = 0;
  for (const match of line.matchAll(WORD)) {
    const word = match[0];
    const slash = word.indexOf("/");
    const kind = slash < 0 ? "" : (word.slice(0, slash).split(".")[0] ?? "");
    const object = names.get(slash < 0 ? word : `${kind}/${word.slice(slash + 1)}`);
    if (object === undefined) continue;
    if (match.index > done) found.push({ text: line.slice(done, match.index) });
    found.push({ text: word, object });
    done = match.index + word.length;
  }
  if (done < line.length) found.push({ text: line.slice(done) });
  return found;
}
