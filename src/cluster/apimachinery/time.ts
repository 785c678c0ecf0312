// Times in RFC 3339 as Go reads and writes them, with Go's words for what is wrong.

type Parsed = { readonly time: string } | { readonly error: string };

interface Part {
  /** The part of Go's layout that stands for it. */
  readonly layout: string;
  readonly pattern: RegExp;
  readonly range?: { readonly name: string; readonly least: number; readonly most: number };
}

const literal = (layout: string): Part => ({ layout, pattern: new RegExp(`^${layout}`) });

const PARTS: readonly Part[] = [
  { layout: "2006", pattern: /^\d{4}/ },
  literal("-"),
  { layout: "01", pattern: /^\d\d/, range: { name: "month", least: 1, most: 12 } },
  literal("-"),
  { layout: "02", pattern: /^\d\d/ },
  literal("T"),
  { layout: "15", pattern: /^\d\d?/, range: { name: "hour", least: 0, most: 23 } },
  literal(":"),
  { layout: "04", pattern: /^\d\d/, range: { name: "minute", least: 0, most: 59 } },
  literal(":"),
  { layout: "05", pattern: /^\d\d(?:[.,]\d+)?/, range: { name: "second", least: 0, most: 59 } },
  { layout: "Z07:00", pattern: /^(?:Z|[+-]\d\d:\d\d)/ },
];

const RFC3339 = "2006-01-02T15:04:05Z07:00";
const RFC3339_MICRO = "2006-01-02T15:04:05.000000Z07:00";

/** Reads a `metav1.Time` and gives it in UTC to the second (a `MicroTime`: to the microsecond), or Go's words for what is wrong. */
// Models time.Parse and k8s.io/apimachinery/pkg/apis/meta/v1 Time.UnmarshalJSON
export function parseMetaTime(text: string, micro: boolean): Parsed {
  const layout = micro ? RFC3339_MICRO : RFC3339;
  const values: string[] = [];
  let rest = text;
  for (const part of micro ? MICRO_PARTS : PARTS) {
    const value = part.pattern.exec(rest)?.[0];
    if (value === undefined) {
      const what = `cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(part.layout)}`;
      return { error: `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: ${what}` };
    }
    if (isOutside(value, part)) return outOfRange(text, part.range?.name ?? "");
    rest = rest.slice(value.length);
    values.push(value);
  }
  if (rest !== "") return { error: `parsing time ${JSON.stringify(text)}: extra text: ${JSON.stringify(rest)}` };
  return assemble(text, values, micro);
}

const MICRO_PARTS: readonly Part[] = PARTS.map((part) =>
  part.layout === "05" ? { ...part, layout: "05.000000", pattern: /^\d\d\.\d{6}/ } : part,
);

function isOutside(value: string, { range }: Part): boolean {
  if (range === undefined) return false;
  const number = Math.floor(Number(value.replace(",", ".")));
  return number < range.least || number > range.most;
}

const outOfRange = (text: string, name: string): Parsed => ({
  error: `parsing time ${JSON.stringify(text)}: ${name} out of range`,
});

function assemble(text: string, values: readonly string[], micro: boolean): Parsed {
  const [year = "", , month = "", , day = "", , hour = "", , minute = "", , seconds = "", zone = ""] = values;
  const [second = "", fraction = ""] = seconds.split(/[.,]/);
  if (Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) return outOfRange(text, "day");
  const local = `${year}-${month}-${day}T${hour.padStart(2, "0")}:${minute}:${second}Z`;
  const utc = Date.parse(local) - offsetMs(zone);
  const whole = new Date(utc).toISOString().slice(0, 19);
  return { time: micro ? `${whole}.${fraction}Z` : `${whole}Z` };
}

function offsetMs(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}
