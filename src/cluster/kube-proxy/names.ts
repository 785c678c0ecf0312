// Names of Service ports and of the chains made for them.
import type { Protocol } from "../network/packet.ts";
import { sha256 } from "./sha256.ts";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Identity of one port of one Service, `default/web:http`; an unnamed port has no colon. */
export function servicePortName(namespace: string, name: string, portName: string): string {
  return portName === "" ? `${namespace}/${name}` : `${namespace}/${name}:${portName}`;
}

/** Prefixes of the chains of a Service port and of its endpoints. */
export type ChainPrefix = "KUBE-SVC-" | "KUBE-SVL-" | "KUBE-EXT-" | "KUBE-FW-" | "KUBE-SEP-";

/** The name of a chain: its prefix and 16 characters of base32(sha256). `endpoint` is `ip:port`, for KUBE-SEP- alone. */
// Models kubernetes/pkg/proxy/iptables/proxier.go portProtoHash, servicePortEndpointChainName. Spec: [PROXY-1].
export function chainName(prefix: ChainPrefix, port: string, protocol: Protocol, endpoint = ""): string {
  return prefix + base32(sha256(port + protocol.toLowerCase() + endpoint)).slice(0, 16);
}

function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += BASE32[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  return text;
}
