// Places and actions briefly, for tables and titles.
import { type Exchange, faultId, type Loss, type Place } from "../../cluster/index.ts";
import { type Action, formatElapsed } from "../../scenario/index.ts";
import { faultWords } from "./fault-words.ts";

/** `laptop`, `node-2`, `pod web-x2k9q`. */
export function placeName(place: Place): string {
  return place.kind === "pod" ? `pod ${place.name}` : place.name;
}

/** What the sender of a request whose packet is lost does meanwhile, and until when. */
export function waitsUntil({ from }: Exchange, { until, again, ends, taken }: Loss): string {
  const who = from.kind === "client" ? `The ${from.name}` : placeName(from).replace(/^pod/, "Pod");
  const end = formatElapsed(until);
  if (again !== undefined)
    return `${who} has no answer yet: it tries again at ${formatElapsed(again)} and gives up at ${end}.`;
  if (taken === true) return `${who} waits for an answer until ${end}.`;
  if (ends === "unreachable") return `${who} doesn't know yet: it looks for that machine until ${end}.`;
  return `${who} doesn't know yet: it waits for an answer until ${end}.`;
}

/** An action, briefly. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case "apply":
      return "Apply the YAML";
    case "shell":
      return firstLine(action.line);
    case "interrupt":
      return "Ctrl+C";
    case "edit":
      return action.text === null ? "Cancel the edit" : "Save the edit";
    case "send":
      return `Send from ${placeName(action.from)} to ${action.host}:${action.port}`;
    case "start-traffic":
      return `Start traffic from ${placeName(action.from)} to ${action.host}:${action.port}, ${action.rate} per second`;
    case "stop-traffic":
      return "Stop traffic";
    case "kill-pod":
      return `Kill pod ${action.name}`;
    case "crash-container":
      return `Crash the container of ${action.name}`;
    case "scale":
      return `Scale ${action.name} to ${action.replicas}`;
    case "fail":
      return faultWords(faultId(action.fault)).made;
    case "restore":
      return faultWords(action.id).undone;
    case "configure":
      return `Set ${Object.entries(action.settings).map(settingWords).join(", ")}`;
  }
}

function settingWords([name, value]: readonly [string, unknown]): string {
  if (name !== "nodes" || !Array.isArray(value)) return name;
  return value.length === 1 ? "1 node" : `${value.length} nodes`;
}

function firstLine(line: string): string {
  const [first = ""] = line.split("\n", 1);
  return first.length > 80 ? `${first.slice(0, 79)}…` : first;
}
