// The parts of a name in the cluster's zone.

/** What a name asks for; "" where the name has no such part. */
export interface RecordRequest {
  /** `svc`, `pod`, or "" for the zone itself and the two names right below it. */
  readonly kind: "svc" | "pod" | "";
  readonly namespace: string;
  readonly service: string;
  readonly endpoint: string;
  readonly port: string;
  readonly protocol: string;
}

const EMPTY: RecordRequest = { kind: "", namespace: "", service: "", endpoint: "", port: "", protocol: "" };

/** Takes a name below the zone apart (`base` is without the zone, lower case); undefined when it can name nothing. */
// Models coredns/plugin/kubernetes/parse.go parseRequest. Spec: [DNS-1].
export function parseRequest(base: string): RecordRequest | undefined {
  if (base === "" || base === "svc" || base === "pod") return EMPTY;
  const labels = base.split(".");
  const kind = labels.pop();
  if (kind !== "svc" && kind !== "pod") return undefined;
  const namespace = labels.pop() ?? "";
  const service = labels.pop() ?? "";
  const request = { ...EMPTY, kind, namespace, service } as const;
  if (labels.length === 0) return request;
  if (labels.length === 1) return { ...request, endpoint: labels[0] ?? "" };
  if (labels.length > 2) return undefined;
  const [port = "", protocol = ""] = labels.map((label) => label.replace(/^_/, ""));
  return { ...request, port, protocol };
}

/** The address that a name under in-addr.arpa stands for; undefined if there is none. */
export function reverseAddress(name: string): string | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa$/.exec(name);
  if (match === null) return undefined;
  const parts = match.slice(1).reverse();
  return parts.every((part) => Number(part) <= 255) ? parts.map(Number).join(".") : undefined;
}

/** Which kind of host a text names. */
export function hostType(host: string): "A" | "AAAA" | "CNAME" {
  if (
    /^\d{1,3}(\.\d{1,3}){3}$/.test(host) &&
    host.split(".").every((part) => Number(part) <= 255 && !/^0\d/.test(part))
  )
    return "A";
  return isIPv6(host) ? "AAAA" : "CNAME";
}

function isIPv6(text: string): boolean {
  if (!/^[0-9a-f:]{2,39}$/i.test(text) || !text.includes(":") || text.includes(":::")) return false;
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}
