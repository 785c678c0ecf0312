// Resource quantities: their grammar, its errors, and the canonical form in which the API server gives them back.

/** How a quantity was written; it is written back the same way. */
type Format = "DecimalExponent" | "DecimalSI" | "BinarySI";

/** An exact amount: `unscaled` × 10^-9. Kubernetes keeps nothing smaller than a billionth. */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: Format;
}

const WRONG_FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_NUMBER = "unable to parse numeric part of quantity";
const WRONG_SUFFIX = "unable to parse quantity's suffix";

const DECIMAL_SUFFIXES = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY_SUFFIXES = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const NANO = 10n ** 9n;
const MAX_BINARY = (2n ** 63n - 1n) * NANO;
const LARGEST_EXPONENT = 100;

/** Reads a quantity such as `250m`, `1.5Gi` or `2e3`, or says why it is none. */
// Models k8s.io/apimachinery/pkg/api/resource ParseQuantity
export function parseQuantity(text: string): Quantity | { readonly error: string } {
  if (text === "") return { error: WRONG_FORMAT };
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/.exec(text);
  if (parts === null) return { error: WRONG_FORMAT };
  const [, sign, whole = "", fraction = "", suffix = ""] = parts;
  const scale = interpretSuffix(suffix);
  if (scale === undefined) return { error: WRONG_SUFFIX };
  if (Math.abs(scale.exponent) > LARGEST_EXPONENT) return { error: WRONG_NUMBER };
  const nanos = toNanos(BigInt(`0${whole}${fraction}`), fraction.length, scale);
  const capped = scale.format === "BinarySI" && nanos > MAX_BINARY ? MAX_BINARY : nanos;
  return { nanos: sign === "-" ? -capped : capped, format: scale.format };
}

interface SuffixScale {
  readonly base: 10 | 2;
  readonly exponent: number;
  readonly format: Format;
}

function interpretSuffix(suffix: string): SuffixScale | undefined {
  const decimal = DECIMAL_SUFFIXES.indexOf(suffix);
  if (decimal >= 0) return { base: 10, exponent: (decimal - 3) * 3, format: "DecimalSI" };
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  if (binary >= 0) return { base: 2, exponent: binary * 10, format: "BinarySI" };
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix)?.[1];
  return exponent === undefined ? undefined : { base: 10, exponent: Number(exponent), format: "DecimalExponent" };
}

// Rounds up what is smaller than a billionth: who asks for something gets something.
function toNanos(digits: bigint, decimals: number, { base, exponent }: SuffixScale): bigint {
  const power = BigInt(base) ** BigInt(Math.abs(exponent));
  const numerator = digits * NANO * (exponent > 0 ? power : 1n);
  const denominator = 10n ** BigInt(decimals) * (exponent < 0 ? power : 1n);
  return (numerator + denominator - 1n) / denominator;
}

/** The canonical text of a quantity: no fraction, the largest suffix that allows it. */
// Models k8s.io/apimachinery/pkg/api/resource Quantity.CanonicalizeBytes
export function formatQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) return "0";
  const isWhole = nanos % NANO === 0n;
  const isSmall = nanos > -1024n * NANO && nanos < 1024n * NANO;
  if (format === "BinarySI" && isWhole && !isSmall) return formatBinary(nanos / NANO);
  return formatDecimal(nanos, format === "DecimalExponent");
}

function formatBinary(amount: bigint): string {
  let rest = amount;
  let index = 0;
  while (rest % 1024n === 0n && index < BINARY_SUFFIXES.length - 1) {
    rest /= 1024n;
    index += 1;
  }
  return `${rest}${BINARY_SUFFIXES[index]}`;
}

function formatDecimal(nanos: bigint, asExponent: boolean): string {
  let rest = nanos;
  let index = 0;
  while (rest % 1000n === 0n && (asExponent || index < DECIMAL_SUFFIXES.length - 1)) {
    rest /= 1000n;
    index += 1;
  }
  const exponent = (index - 3) * 3;
  if (!asExponent) return `${rest}${DECIMAL_SUFFIXES[index]}`;
  return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
}
