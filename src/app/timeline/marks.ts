// What is marked on the track: things people did, and requests that failed.
import { type Exchange, faultId } from "../../cluster/index.ts";
import type { Action, TimedAction } from "../../scenario/index.ts";
import { placeName } from "../store/sentences.ts";

/** A point of time worth showing. */
export interface Mark {
  /** Virtual milliseconds. */
  readonly at: number;
  /** `change` is an action that changed objects or settings, `send` one that sent, `failed` a request that was not answered. */
  readonly kind: "change" | "send" | "command" | "failed";
  readonly text: string;
  /** Still to come: part of a scenario that is being replayed. */
  readonly ahead: boolean;
}

/** Marks for actions that were performed and that are still to come. */
export function actionMarks(done: readonly TimedAction[], ahead: readonly TimedAction[]): readonly Mark[] {
  const mark =
    (isAhead: boolean) =>
    ({ at, action }: TimedAction): Mark => ({ at, kind: kindOf(action), text: describeAction(action), ahead: isAhead });
  return [...done.map(mark(false)), ...ahead.map(mark(true))];
}

/** The mark of a request that failed; undefined for all others. */
export function failureMark({ endedAt, outcome, purpose, target }: Exchange): Mark | undefined {
  if (endedAt === undefined || purpose === "probe" || outcome.kind === "answered" || outcome.kind === "pending")
    return undefined;
  return { at: endedAt, kind: "failed", text: `${target} ${outcome.kind}: ${outcome.reason}`, ahead: false };
}

function kindOf(action: Action): Mark["kind"] {
  if (action.kind === "send" || action.kind === "start-traffic" || action.kind === "stop-traffic") return "send";
  return action.kind === "shell" || action.kind === "interrupt" || action.kind === "edit" ? "command" : "change";
}

/** An action in a few words. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case "apply":
      return "Apply the YAML";
    case "shell":
      return firstLine(action.line);
    case "interrupt":
      return "Ctrl+C";
    case "edit":
      return action.text === null ? "Close the text" : "Save the text";
    case "send":
      return `Send from ${placeName(action.from)} to ${action.host}:${action.port}`;
    case "start-traffic":
      return `Start traffic from ${placeName(action.from)} to ${action.host}:${action.port}, ${action.rate} a second`;
    case "stop-traffic":
      return "Stop traffic";
    case "kill-pod":
      return `Kill pod ${action.name}`;
    case "crash-container":
      return `Crash the container of ${action.name}`;
    case "scale":
      return `Scale ${action.name} to ${action.replicas}`;
    case "readiness":
      return readinessText(action.name, action.ready);
    case "node-power":
      return `${action.on ? "Start" : "Stop"} ${action.name}`;
    case "fail":
      return `Break ${faultId(action.fault)}`;
    case "restore":
      return `Restore ${action.id}`;
    case "configure":
      return `Set ${Object.keys(action.settings).join(", ")}`;
  }
}

function readinessText(name: string, ready: boolean | null): string {
  if (ready === null) return `Let the probes of ${name} decide`;
  return `Hold ${name} ${ready ? "ready" : "not ready"}`;
}

function firstLine(line: string): string {
  const [first = ""] = line.split("\n", 1);
  return first.length > 80 ? `${first.slice(0, 79)}…` : first;
}

/** Marks that lie closer together than `widthMs` as one group, oldest first. */
export function groupMarks(marks: readonly Mark[], widthMs: number): ReadonlyArray<readonly Mark[]> {
  const groups: Mark[][] = [];
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    const first = last?.[0];
    if (last !== undefined && first !== undefined && mark.at - first.at < widthMs) last.push(mark);
    else groups.push([mark]);
  }
  return groups;
}
