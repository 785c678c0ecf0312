// JSON values as Go's fmt package writes them: %v for templates and custom columns, %#v for what went wrong.
import { own } from "../cluster/index.ts";
import { isMap } from "./maps.ts";
import { sortedKeys } from "./text.ts";

/** `fmt.Sprint`: `map[app:shop]`, `[a b]`, `<nil>`, `true`, `80`. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(goText).join(" ")}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${goText(own(value, key))}`)
      .join(" ")}]`;
  return typeof value === "number" ? goNumber(value) : String(value);
}

/** `%#v`: Go's own syntax for the value. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return "interface {}(nil)";
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (isMap(value)) {
    const fields = sortedKeys(value).map((key) => `${JSON.stringify(key)}:${goSyntax(own(value, key))}`);
    return `map[string]interface {}{${fields.join(", ")}}`;
  }
  return typeof value === "string" ? JSON.stringify(value) : goText(value);
}

/** The name of the value's Go type, as decoded from JSON. */
export function goType(value: unknown): string {
  if (Array.isArray(value)) return "[]interface {}";
  if (isMap(value)) return "map[string]interface {}";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  return typeof value === "boolean" ? "bool" : "string";
}

/** Whole numbers are int64; others print with an exponent below 1e-4 and from 1e21 on. */
function goNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  const [mantissa = "", exponent] = value.toExponential().split("e");
  const power = Number(exponent ?? "0");
  if (power >= -4 && power < 21) return String(value);
  const sign = power < 0 ? "-" : "+";
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}
