// The outcome of the text, in one line.
import type { ApplyReport, TouchedObject } from "./host.ts";

export type StatusTone = "idle" | "good" | "bad";

export interface StatusLine {
  readonly tone: StatusTone;
  readonly text: string;
}

/** The line below the editor for a report; undefined while nothing was applied. */
export function statusLine(report: ApplyReport | undefined): StatusLine {
  if (report === undefined) return { tone: "idle", text: "Not applied yet" };
  const errors = report.problems.filter((problem) => problem.severity === "error").length;
  const done = changes(report);
  if (errors === 0 && report.failed === 0)
    return { tone: "good", text: done === "" ? "Applied: nothing to change" : `Applied: ${done}` };
  const count = `${Math.max(errors, 1)} ${errors > 1 ? "errors" : "error"}`;
  if (report.applied === 0 && done === "")
    return { tone: "bad", text: `${count}: the cluster still runs the last good version` };
  const rest = done === "" ? "the rest is unchanged" : done;
  return { tone: "bad", text: `${count}: ${refused(report)}; ${rest}` };
}

const refused = ({ failed }: ApplyReport) =>
  failed === 1 ? "1 document was refused" : `${failed} documents were refused`;

function changes({ created, configured, deleted }: ApplyReport): string {
  const parts = [phrase(created, "created"), phrase(configured, "configured"), gone(deleted)];
  return parts.filter((part) => part !== "").join(", ");
}

/** `Service web created`, or `4 objects created` where they are many. */
function phrase(objects: readonly TouchedObject[], done: string): string {
  if (objects.length === 0) return "";
  if (objects.length > 2) return `${objects.length} objects ${done}`;
  return `${objects.map(name).join(" and ")} ${done}`;
}

function gone(objects: readonly TouchedObject[]): string {
  if (objects.length === 0) return "";
  if (objects.length > 2) return `${objects.length} objects deleted: they are no longer in the text`;
  const it = objects.length === 1 ? "it is" : "they are";
  return `${objects.map(name).join(" and ")} deleted: ${it} no longer in the text`;
}

const name = (object: TouchedObject) => `${object.kind} ${object.name}`;
