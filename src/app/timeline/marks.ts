// What is marked on the track: things people did, the outcome of requests, and changes of endpoints.
import type { Exchange } from "../../cluster/index.ts";
import type { Action, Note, TimedAction } from "../../scenario/index.ts";
import { W } from "../../words/en/timeline.ts";
import { describeAction } from "../store/sentences.ts";
import type { EndpointChange } from "../store/story.ts";

/** A point of time worth showing. */
export interface Mark {
  /** Virtual milliseconds. */
  readonly at: number;
  /** `change` is an action that changed objects or settings, `send` one that sent; `endpoints` is a change of the cluster's own. */
  readonly kind: "change" | "send" | "command" | "failed" | "answered" | "endpoints" | "note";
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

export function noteMark({ at, text }: Note): Mark {
  return { at, kind: "note", text, ahead: false };
}

/** The mark of a request that was answered; undefined for all others. */
export function answerMark({ endedAt, outcome, target }: Exchange): Mark | undefined {
  if (endedAt === undefined || outcome.kind !== "answered") return undefined;
  return { at: endedAt, kind: "answered", text: W.answered(target), ahead: false };
}

export function endpointMark({ at, service, ready }: EndpointChange): Mark {
  return {
    at,
    kind: "endpoints",
    text: W.endpoints(service, ready),
    ahead: false,
  };
}

/** The mark of a request that failed, or that nothing will come of though its sender still waits; undefined for all others. */
export function failureMark({ endedAt, outcome, purpose, target, loss }: Exchange): Mark | undefined {
  if (purpose === "probe") return undefined;
  if (loss !== undefined && loss.again === undefined && loss.taken !== true)
    return { at: loss.at, kind: "failed", text: W.lost(target, loss.reason), ahead: false };
  if (endedAt === undefined || outcome.kind === "answered" || outcome.kind === "pending") return undefined;
  return { at: endedAt, kind: "failed", text: `${target} ${W.outcome[outcome.kind]}: ${outcome.reason}`, ahead: false };
}

function kindOf(action: Action): Mark["kind"] {
  if (action.kind === "send" || action.kind === "start-traffic" || action.kind === "stop-traffic") return "send";
  return action.kind === "shell" || action.kind === "interrupt" || action.kind === "edit" ? "command" : "change";
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
