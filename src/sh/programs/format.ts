// Numbers and texts as C's printf writes them; for `printf`, awk, seq.

/** A text at least `width` characters wide. */
export function padded(text: string, width: number, flags: string): string {
  const missing = width - text.length;
  if (missing <= 0) return text;
  return flags.includes("-") ? text + " ".repeat(missing) : " ".repeat(missing) + text;
}

/** How a number is to be written. */
export interface FloatFormat {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  /** `f`, `e`, `g` or their capitals. */
  readonly letter: string;
}

/** A number as `%f`, `%e` or `%g` write it. */
export function formatFloat(value: number, { flags, width, precision, letter }: FloatFormat): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const small = letter.toLowerCase();
  const exact = Math.min(precision ?? 6, 300);
  let digits: string;
  if (!Number.isFinite(value)) digits = Number.isNaN(value) ? "nan" : "inf";
  else if (small === "f") digits = fixed(Math.abs(value), exact);
  else if (small === "e") digits = exponential(Math.abs(value), exact);
  else digits = general(Math.abs(value), exact === 0 ? 1 : exact, flags.includes("#"));
  if (letter !== small) digits = digits.toUpperCase();
  if (flags.includes("0") && !flags.includes("-") && Number.isFinite(value))
    digits = digits.padStart(width - sign.length, "0");
  return padded(sign + digits, width, flags);
}

/** Decimal digits of a number, rounded half to even on its exact value, as C does. */
function fixed(value: number, digits: number): string {
  if (value < 1e21 && digits <= 100) {
    const text = value.toFixed(digits);
    return correctTie(value, digits, text);
  }
  if (value >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${"0".repeat(digits)}` : "");
  return value.toFixed(100) + "0".repeat(digits - 100);
}

/** Where a value lies exactly between two numbers, C takes the even one and toFixed the larger. */
function correctTie(value: number, digits: number, text: string): string {
  const scaled = value * 10 ** digits;
  if (digits > 15 || scaled > 2 ** 52 || scaled % 1 !== 0.5) return text;
  if (scaled / 10 ** digits !== value) return text;
  const even = Math.floor(scaled) % 2 === 0 ? Math.floor(scaled) : Math.ceil(scaled);
  return (even / 10 ** digits).toFixed(digits);
}

function exponential(value: number, digits: number): string {
  const [mantissa = "0", exponent = "+0"] = value.toExponential(Math.min(digits, 100)).split("e");
  const sign = exponent.startsWith("-") ? "-" : "+";
  return `${mantissa}e${sign}${exponent.replace(/^[+-]/, "").padStart(2, "0")}`;
}

function general(value: number, digits: number, keepZeros: boolean): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(Math.min(digits - 1, 100)).split("e")[1]);
  const text =
    exponent < -4 || exponent >= digits
      ? exponential(value, digits - 1)
      : fixed(value, Math.max(0, digits - 1 - exponent));
  if (keepZeros || !text.includes(".")) return text;
  const [mantissa = "", rest] = text.split("e");
  const trimmed = mantissa.replace(/0{1,400}$/, "").replace(/\.$/, "");
  return rest === undefined ? trimmed : `${trimmed}e${rest}`;
}
