// Dates and times: `date`, and its format. All in UTC, the zone of the simulated machines.
import type { Program } from "../machine.ts";
import { readOptions } from "./options.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const two = (value: number, fill = "0") => String(value).padStart(2, fill);

/** A time, in milliseconds since 1970, written as the format says. */
export function strftime(format: string, ms: number): string {
  const date = new Date(ms);
  return format.replace(/%([-_0^]?)([a-zA-Z%])/g, (whole, flag: string, letter: string) => {
    const text = part(letter, date, ms);
    if (text === undefined) return whole;
    if (flag === "-") return text.replace(/^[0 ]+(?=.)/, "");
    if (flag === "_") return text.replace(/^0+(?=.)/, (zeros) => " ".repeat(zeros.length));
    return flag === "^" ? text.toUpperCase() : text;
  });
}

function part(letter: string, date: Date, ms: number): string | undefined {
  const [day, month, year] = [date.getUTCDay(), date.getUTCMonth(), date.getUTCFullYear()];
  const hour = date.getUTCHours();
  const dayOfYear = Math.floor((Date.UTC(year, month, date.getUTCDate()) - Date.UTC(year, 0, 1)) / 86_400_000);
  const parts: ReadonlyMap<string, string> = new Map(
    Object.entries({
      "%": "%",
      n: "\n",
      t: "\t",
      Y: String(year),
      C: two(Math.floor(year / 100)),
      y: two(year % 100),
      m: two(month + 1),
      d: two(date.getUTCDate()),
      e: two(date.getUTCDate(), " "),
      j: String(dayOfYear + 1).padStart(3, "0"),
      H: two(hour),
      k: two(hour, " "),
      I: two(hour % 12 || 12),
      l: two(hour % 12 || 12, " "),
      M: two(date.getUTCMinutes()),
      S: two(date.getUTCSeconds()),
      N: `${String(Math.floor(ms % 1000)).padStart(3, "0")}000000`,
      p: hour < 12 ? "AM" : "PM",
      P: hour < 12 ? "am" : "pm",
      s: String(Math.floor(ms / 1000)),
      a: (DAYS[day] ?? "").slice(0, 3),
      A: DAYS[day] ?? "",
      b: (MONTHS[month] ?? "").slice(0, 3),
      h: (MONTHS[month] ?? "").slice(0, 3),
      B: MONTHS[month] ?? "",
      u: String(day || 7),
      w: String(day),
      Z: "UTC",
      z: "+0000",
    }),
  );
  const joined: ReadonlyMap<string, string> = new Map(
    Object.entries({
      F: "%Y-%m-%d",
      T: "%H:%M:%S",
      R: "%H:%M",
      D: "%m/%d/%y",
      c: "%a %b %e %H:%M:%S %Y",
      x: "%m/%d/%y",
      X: "%H:%M:%S",
      r: "%I:%M:%S %p",
    }),
  );
  const several = joined.get(letter);
  return several === undefined ? parts.get(letter) : strftime(several, ms);
}

/** The time that `date -d` means: a date, `@SECONDS`, `now`, `N days ago`, `yesterday`; undefined when it is not understood. */
function timeOf(text: string, now: number): number | undefined {
  const units: ReadonlyMap<string, number> = new Map(
    Object.entries({
      sec: 1e3,
      second: 1e3,
      min: 6e4,
      minute: 6e4,
      hour: 36e5,
      day: 864e5,
      week: 6048e5,
    }),
  );
  const trimmed = text.trim().toLowerCase();
  if (trimmed === "" || trimmed === "now" || trimmed === "today") return now;
  if (trimmed === "yesterday") return now - 864e5;
  if (trimmed === "tomorrow") return now + 864e5;
  if (/^@-?\d{1,12}$/.test(trimmed)) return Number(trimmed.slice(1)) * 1000;
  const relative = /^([+-]?\d{1,9}) ?([a-z]+?)s?( ago)?$/.exec(trimmed);
  if (relative !== null && units.has(relative[2] ?? ""))
    return now + Number(relative[1]) * (units.get(relative[2] ?? "") ?? 0) * (relative[3] === undefined ? 1 : -1);
  const absolute = /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)?(?: ?(?:z|utc))?$/.exec(
    trimmed,
  );
  if (absolute === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = absolute
    .slice(1)
    .map((each) => Number(each ?? 0));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** `date [-u] [-d TIME] [-I] [+FORMAT]`. */
export const date: Program = (words, io) => {
  const options = readOptions(words, {
    flags: "uIRn",
    valued: "dr",
    long: { utc: "u", date: "d", "iso-8601": "I", "rfc-email": "R" },
  });
  if (options.fault !== undefined) {
    io.err(`date: ${options.fault}\nTry 'date --help' for more information.\n`);
    return 1;
  }
  const wanted = options.values.get("d");
  const ms = wanted === undefined ? io.machine.date() : timeOf(wanted, io.machine.date());
  if (ms === undefined) {
    io.err(`date: invalid date '${wanted}'\n`);
    return 1;
  }
  const [format] = options.rest;
  if (format !== undefined && !format.startsWith("+")) {
    io.err(`date: invalid date '${format}'\n`);
    return 1;
  }
  const usual = options.flags.has("I")
    ? isoFormat(options.values.get("I"))
    : options.flags.has("R")
      ? "%a, %d %b %Y %H:%M:%S %z"
      : "%a %b %e %H:%M:%S %Z %Y";
  io.out(`${strftime(format?.slice(1) ?? usual, ms)}\n`);
  return 0;
};

function isoFormat(precision: string | undefined): string {
  return precision === "seconds" || precision === "s" ? "%Y-%m-%dT%H:%M:%S+00:00" : "%Y-%m-%d";
}
