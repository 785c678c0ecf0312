// What is read of a certificate: the names that it is for.

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/;
/** The extension subjectAltName, as DER writes its identifier. */
const ALTERNATIVE_NAMES = "\u0006\u0003\u0055\u001d\u0011";
const SEQUENCE = 0x30;
const OCTETS = 0x04;
const DNS_NAME = 0x82;

/** The DNS names of the first certificate of a PEM text; undefined when it holds none. Nothing else of it is checked. Spec: [GW-5]. */
// Models RFC 5280 4.2.1.6 and X.690
export function namesOfCertificate(pem: string): readonly string[] | undefined {
  const bytes = bytesOf(PEM.exec(pem)?.[1] ?? "");
  if (bytes === undefined || bytes.charCodeAt(0) !== SEQUENCE) return undefined;
  const extension = bytes.indexOf(ALTERNATIVE_NAMES);
  if (extension < 0) return [];
  let at = extension + ALTERNATIVE_NAMES.length;
  if (bytes.charCodeAt(at) === 0x01) at += 3; // critical: a boolean
  const value = elementAt(bytes, at);
  const names = value?.tag === OCTETS ? elementAt(bytes, value.from) : undefined;
  if (names?.tag !== SEQUENCE) return [];
  const found: string[] = [];
  for (let next = names.from; next < names.to; ) {
    const name = elementAt(bytes, next);
    if (name === undefined) break;
    if (name.tag === DNS_NAME) found.push(bytes.slice(name.from, name.to).toLowerCase());
    next = name.to;
  }
  return found;
}

function bytesOf(base64: string): string | undefined {
  try {
    return atob(base64.replace(/\s+/g, ""));
  } catch {
    return undefined;
  }
}

/** One element of DER: its tag, and where its content lies; undefined past the end. */
function elementAt(bytes: string, at: number): { tag: number; from: number; to: number } | undefined {
  const tag = bytes.charCodeAt(at);
  let length = bytes.charCodeAt(at + 1);
  let from = at + 2;
  if (length >= 0x80) {
    const count = length - 0x80;
    length = 0;
    for (let i = 0; i < Math.min(count, 4); i++) length = length * 256 + bytes.charCodeAt(from + i);
    from += count;
  }
  const to = from + length;
  return Number.isFinite(to) && to <= bytes.length ? { tag, from, to } : undefined;
}
