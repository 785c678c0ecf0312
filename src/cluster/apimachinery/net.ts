// IPv4 and IPv6 addresses and CIDRs as text: what is accepted, in which words it is refused, and arithmetic for IPv4.

/** An address in bytes, 4 or 16. */
export type Address = readonly number[];

/** The bytes of an address as Kubernetes reads it; undefined if it isn't one. Leading zeros are read, but reported by `ipReasons`. */
export function parseIP(text: string): Address | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes = parts.map((part) => (/^\d{1,10}$/.test(part) ? Number(part) : Number.NaN));
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseV6(text: string): Address | undefined {
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return undefined;
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  if (left === undefined || right === undefined) return undefined;
  const missing = 16 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...left, ...new Array<number>(missing).fill(0), ...right];
}

function groupsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [i, group] of groups.entries()) {
    const v4 = i === groups.length - 1 && group.includes(".") ? parseV4(group) : undefined;
    if (v4 !== undefined) bytes.push(...v4);
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255);
    else return undefined;
  }
  return bytes;
}

/** Whether the text has the form of an IPv6 address. */
export function isIPv6(text: string): boolean {
  return text.includes(":") && parseV6(text) !== undefined;
}

const hasLeadingZero = (text: string) => !text.includes(":") && /(^|\.)0\d/.test(text);

/** Reasons why a text may not be given as an address. */
// Models k8s.io/apimachinery/pkg/util/validation IsValidIP
export function ipReasons(text: string): string[] {
  const bytes = parseIP(text);
  if (bytes === undefined) return ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];
  if (hasLeadingZero(text)) return ["must not have leading 0s"];
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  return isMapped && bytes[11] === 255 ? ["must not be an IPv4-mapped IPv6 address"] : [];
}

/** Address and prefix length of a CIDR; undefined if it isn't one. */
export function parseCIDR(text: string): { readonly address: Address; readonly prefix: number } | undefined {
  const slash = text.indexOf("/");
  const address = slash < 0 ? undefined : parseIP(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,3}$/.test(length) || Number(length) > address.length * 8) return undefined;
  return { address, prefix: Number(length) };
}

/** Reasons why a text may not be given as a CIDR. */
// Models k8s.io/apimachinery/pkg/util/validation IsValidCIDR
export function cidrReasons(text: string): string[] {
  const cidr = parseCIDR(text);
  if (cidr === undefined) return ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"];
  if (hasLeadingZero(text.slice(0, text.indexOf("/")))) return ["must not have leading 0s in IP"];
  if (/\/0\d/.test(text)) return ["must not have leading 0s in prefix length"];
  const bits = cidr.address.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.slice(cidr.prefix).includes("1") ? ["must not have bits set beyond the prefix length"] : [];
}

/** What is accepted as an address but not written as it should be. */
// Models k8s.io/apimachinery/pkg/util/validation GetWarningsForIP
export function ipWarnings(path: string, text: string): string[] {
  const bytes = parseIP(text);
  if (bytes === undefined) return [];
  const wanted = ipReasons(text).length > 0 && bytes.length === 16 ? v4Text(v4Number(bytes.slice(12))) : ipText(bytes);
  if (ipReasons(text).length > 0)
    return [
      `${path}: non-standard IP address "${text}" will be considered invalid in a future Kubernetes release: use "${wanted}"`,
    ];
  if (bytes.length === 4 || text === wanted) return [];
  return [`${path}: IPv6 address "${text}" should be in RFC 5952 canonical format ("${wanted}")`];
}

/** What is accepted as a CIDR but not written as it should be. */
// Models k8s.io/apimachinery/pkg/util/validation GetWarningsForCIDR
export function cidrWarnings(path: string, text: string): string[] {
  const cidr = parseCIDR(text);
  if (cidr === undefined || cidr.address.length === 4) return [];
  const wanted = `${ipText(cidr.address)}/${cidr.prefix}`;
  return text === wanted
    ? []
    : [`${path}: IPv6 CIDR value "${text}" should be in RFC 5952 canonical format ("${wanted}")`];
}

/** An address in its canonical form. */
function ipText(bytes: Address): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  const zeros = groups.join(":").match(/\b0(?::0)+\b/g) ?? [];
  const longest = zeros.reduce((best, each) => (each.length > best.length ? each : best), "");
  if (longest === "") return groups.join(":");
  const [head = "", ...tail] = groups.join(":").split(longest);
  return `${head.replace(/:$/, "")}::${tail.join(longest).replace(/^:/, "")}`;
}

/** Reasons why an address may not be that of an endpoint: this machine's own, or of this link only. */
// Models kubernetes/pkg/apis/core/validation ValidateEndpointIP (ValidateNonSpecialIP)
export function specialReasons(text: string): string[] {
  const bytes = parseIP(text);
  if (bytes === undefined) return ["must be a valid IP address"];
  const reasons: string[] = [];
  if (bytes.every((byte) => byte === 0)) reasons.push(`may not be unspecified (${text})`);
  const [a, b, c] = bytes;
  const isV4 = bytes.length === 4;
  const isLast = (count: number) => bytes.slice(0, -1).every((byte) => byte === 0) && bytes.at(-1) === count;
  if (isV4 ? a === 127 : isLast(1)) reasons.push("may not be in the loopback range (127.0.0.0/8, ::1/128)");
  if (isV4 ? a === 169 && b === 254 : a === 254 && ((b ?? 0) & 192) === 128)
    reasons.push("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
  if (isV4 ? a === 224 && b === 0 && c === 0 : a === 255 && ((b ?? 0) & 15) === 2)
    reasons.push("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
  return reasons;
}

/** An IPv4 address as a number. */
export function v4Number(address: Address): number {
  return address.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A number as IPv4 text. */
export function v4Text(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
