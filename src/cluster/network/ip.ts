// IPv4 addresses and ranges as numbers.

/** A range of IPv4 addresses. */
export interface Cidr {
  readonly text: string;
  readonly base: number;
  readonly mask: number;
}

/** The address as an unsigned number; undefined when the text is no IPv4 address in dotted form. */
export function parseIPv4(text: string): number | undefined {
  let value = 0;
  let part = -1;
  let parts = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part < 0 || parts === 4) return undefined;
      value = value * 256 + part;
      part = -1;
      parts += 1;
      continue;
    }
    if (code < 48 || code > 57 || part === 0) return undefined;
    part = Math.max(part, 0) * 10 + code - 48;
    if (part > 255) return undefined;
  }
  return parts === 4 && part >= 0 ? value * 256 + part : undefined;
}

/** Reads `10.96.0.0/16` (a bare address is a range of one); undefined when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const at = text.indexOf("/");
  const address = parseIPv4(at < 0 ? text : text.slice(0, at));
  const bits = at < 0 ? 32 : /^\d{1,2}$/.test(text.slice(at + 1)) ? Number(text.slice(at + 1)) : 33;
  if (address === undefined || bits > 32) return undefined;
  const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  return { text: at < 0 ? `${text}/32` : text, base: (address & mask) >>> 0, mask };
}

/** Whether a range holds an address. */
export function contains(range: Cidr, address: number | undefined): boolean {
  return address !== undefined && (address & range.mask) >>> 0 === range.base;
}

/** Whether `text` holds the address `address`; false when one of both cannot be read. */
export function holds(text: string, address: string): boolean {
  const range = parseCidr(text);
  return range !== undefined && contains(range, parseIPv4(address));
}
