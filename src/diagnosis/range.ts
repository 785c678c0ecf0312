// Whether an IPv4 range holds an address.

/** `192.168.1.0/24` holds `192.168.1.10`; false for what cannot be read. */
export function holds(range: string, address: string): boolean {
  const [base = "", bits = "32"] = range.trim().split("/");
  const [low, at] = [numberOf(base), numberOf(address)];
  const size = 2 ** (32 - Number(bits));
  if (low === undefined || at === undefined || !(size >= 1)) return false;
  return Math.floor(low / size) === Math.floor(at / size);
}

function numberOf(address: string): number | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
