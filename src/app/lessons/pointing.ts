// What a lesson points at, in the page's terms.
import { pathText } from "../../cluster/index.ts";
import type { Pointed } from "../../lessons/index.ts";
import { objectAt } from "../store/lit.ts";
import type { Playground } from "../store/playground.ts";

/** Lights what a step is about. */
export function point(playground: Playground, pointed: readonly Pointed[]): void {
  const objects = pointed.flatMap((each) => filed(each) ?? []);
  const fields = pointed.flatMap((each) => {
    const at = filed(each);
    return at === undefined || each.path === undefined ? [] : [{ ...at, path: pathText(each.path) }];
  });
  if (objects.length === 0) playground.unpoint("lesson");
  else playground.point({ by: "lesson", objects, fields });
}

/** Selects an object; lights it, or the field of it. */
export function show(playground: Playground, pointed: Pointed): void {
  const at = filed(pointed);
  if (at === undefined) return;
  playground.select({ kind: "object", ...at });
  point(playground, [pointed]);
}

function filed({ object: { apiVersion, kind, name, namespace } }: Pointed) {
  return objectAt(apiVersion, kind, name, namespace);
}
