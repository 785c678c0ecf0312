// Whether an answer came from a port that takes TLS.
import type { Outcome } from "./packet.ts";

/** Whether what answered takes TLS handshakes rather than plain bytes. The usual numbers tell it of hosts outside, which have no sockets. */
export function tookTls(answer: Extract<Outcome, { kind: "answered" }>): boolean {
  const { tls, certificate, servedBy, endpoint } = answer;
  if (tls === true || certificate !== undefined) return true;
  return servedBy.kind !== "pod" && /:(?:443|6443|8443)$/.test(endpoint);
}
