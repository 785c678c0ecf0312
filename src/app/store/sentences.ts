// Places and actions briefly, for tables and titles.
import { type Exchange, faultId, type Loss, type Place } from "../../cluster/index.ts";
import { type Action, formatElapsed } from "../../scenario/index.ts";
import { W } from "../../words/en/store.ts";
import { faultWords } from "./fault-words.ts";

/** `laptop`, `node-2`, `pod web-x2k9q`. */
export function placeName(place: Place): string {
  return place.kind === "pod" ? W.pod(place.name) : place.name;
}

/** What the sender of a request whose packet is lost does meanwhile, and until when. */
export function waitsUntil({ from }: Exchange, { until, again, ends, taken }: Loss): string {
  const who = from.kind === "client" ? W.client(from.name) : placeName(from).replace(/^pod/, "Pod");
  const end = formatElapsed(until);
  if (again !== undefined) return W.again(who, formatElapsed(again), end);
  if (taken === true) return W.waits(who, end);
  if (ends === "unreachable") return W.looks(who, end);
  return W.unaware(who, end);
}

/** An action, briefly. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case "apply":
      return W.apply;
    case "shell":
      return firstLine(action.line);
    case "interrupt":
      return W.interrupt;
    case "edit":
      return action.text === null ? W.cancelEdit : W.saveEdit;
    case "send":
      return W.send(placeName(action.from), action.host, action.port);
    case "start-traffic":
      return W.traffic(placeName(action.from), action.host, action.port, action.rate);
    case "stop-traffic":
      return W.stopTraffic;
    case "kill-pod":
      return W.kill(action.name);
    case "crash-container":
      return W.crash(action.name);
    case "scale":
      return W.scale(action.name, action.replicas);
    case "fail":
      return faultWords(faultId(action.fault)).made;
    case "restore":
      return faultWords(action.id).undone;
    case "configure":
      return W.set(Object.entries(action.settings).map(settingWords).join(", "));
  }
}

function settingWords([name, value]: readonly [string, unknown]): string {
  if (name !== "nodes" || !Array.isArray(value)) return name;
  return W.nodes(value.length);
}

function firstLine(line: string): string {
  const [first = ""] = line.split("\n", 1);
  return first.length > 80 ? `${first.slice(0, 79)}…` : first;
}
