// JSON values as Go prints them with %v: `map[spec:map[ports:[map[port:80]]]]`.
import { compareText } from "../../sim/text.ts";

/** The text of a value; keys sorted, strings bare, null as `<nil>`. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `map[${entries.map(([key, each]) => `${key}:${goText(each)}`).join(" ")}]`;
}
