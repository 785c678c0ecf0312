// The choices of a prediction: as they are written, or the pods of a Service as they are.
import { W } from "../words/en/lesson-help.ts";
import { holds } from "./checks.ts";
import type { PodChoices, Prediction } from "./lesson.ts";
import { pointedOf } from "./link.ts";
import { endpointsOf, requestsOf, type Seen } from "./seen.ts";

/** What can be chosen, and which of them turned out right; -1 for none. */
export interface Choices {
  readonly texts: readonly string[];
  readonly rightOne: () => number;
}

export function choicesOf({ choices }: Prediction, seen: Seen): Choices {
  if ("podsOf" in choices) return podChoices(choices, seen);
  return { texts: choices.map(({ text }) => text), rightOne: () => choices.findIndex(({ when }) => holds(when, seen)) };
}

function podChoices({ podsOf, answering }: PodChoices, seen: Seen): Choices {
  const { namespace = "default", name = "" } = pointedOf(podsOf)?.object ?? {};
  const addresses = new Set(endpointsOf(seen.world, namespace, name).map(({ address }) => address));
  const pods = seen.world.api.list("pods", { namespace }).filter(({ status }) => addresses.has(status?.podIP ?? ""));
  const texts = pods.map(({ metadata, spec }) => W.podOn(metadata.name ?? "", spec?.nodeName ?? ""));
  const rightOne = () => {
    const outcome = requestsOf(seen, answering).findLast((each) => each.outcome.kind === "answered")?.outcome;
    return outcome?.kind === "answered"
      ? pods.findIndex(({ metadata }) => metadata.name === outcome.servedBy.name)
      : -1;
  };
  return { texts, rightOne };
}
