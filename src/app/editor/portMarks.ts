// Which numbers in the text are ports, for their colours.
import { outline, type Span } from "./language/index.ts";

/** A port number or name in the text, by the role it plays on the canvas. */
export interface PortMark extends Span {
  readonly role: "node-port" | "port" | "target-port";
}

const ROLES: ReadonlyMap<unknown, PortMark["role"]> = new Map([
  ["nodePort", "node-port"],
  ["port", "port"],
  ["targetPort", "target-port"],
  ["containerPort", "target-port"],
] as const);

/** The values of nodePort, port, targetPort and containerPort of Services and pods. */
export function portMarks(text: string): readonly PortMark[] {
  return outline(text).flatMap(({ entries, kind }) =>
    entries.flatMap(({ path, value }) => {
      const role = ROLES.get(path.at(-1));
      if (role === undefined || value === undefined || !path.includes("ports")) return [];
      if (kind !== "Service" && path.at(-1) === "port") return [];
      return [{ line: value.line, from: value.from, to: value.to, role }];
    }),
  );
}
