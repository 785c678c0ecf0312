// Instants as Kubernetes writes them, without a wall clock.

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** `2026-01-01T00:00:00Z`: an instant in milliseconds since 1970 as RFC 3339 in whole seconds, the form of `metav1.Time`. */
export function formatTime(instant: number): string {
  const seconds = Math.floor(instant / 1000);
  const day = Math.floor(seconds / 86400);
  const rest = seconds - day * 86400;
  const { year, month, date } = civil(day);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(date)}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}Z`;
}

/** Formats the time, and gives the same text for the same second: thousands of objects then share it. */
export function timestamps(instant: () => number): () => string {
  let second = Number.NaN;
  let text = "";
  return () => {
    const now = Math.floor(instant() / 1000);
    if (now !== second) {
      second = now;
      text = formatTime(now * 1000);
    }
    return text;
  };
}

const DAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Thu, 01 Jan 2026 00:00:00 GMT`: an instant in milliseconds since 1970 as HTTP's headers write it (RFC 9110, 5.6.7). */
export function httpDate(instant: number): string {
  const seconds = Math.floor(instant / 1000);
  const day = Math.floor(seconds / 86400);
  const rest = seconds - day * 86400;
  const { year, month, date } = civil(day);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  return `${DAYS[((day % 7) + 7) % 7]}, ${two(date)} ${MONTHS[month - 1]} ${year} ${time} GMT`;
}

/** Milliseconds since 1970 of an RFC 3339 text in UTC; undefined when it is not one. */
export function parseTime(text: string | undefined): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text ?? "");
  if (match === null) return undefined;
  const [year = 0, month = 0, date = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 7).map(Number);
  const leapDays = (y: number) => Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const dayOfYear = (DAYS_BEFORE_MONTH[month - 1] ?? 0) + date - 1 + (leap && month > 2 ? 1 : 0);
  const day = (year - 1970) * 365 + leapDays(year - 1) - leapDays(1969) + dayOfYear;
  const fraction = match[7] === undefined ? 0 : Number(`0.${match[7]}`) * 1000;
  return (((day * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + fraction;
}

/** The proleptic Gregorian date of a day counted from 1970-01-01. */
export function civil(day: number): { year: number; month: number; date: number } {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}
