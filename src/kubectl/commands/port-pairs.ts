// Which ports `kubectl port-forward` means: of a Service or a pod, by number or by name.
import type { Pod, Service } from "../../cluster/index.ts";
import { CommandError } from "../command-error.ts";

/** A local port (0: any) and the pod's port. */
export interface PortPair {
  readonly local: number;
  readonly remote: number;
}

type Named = { readonly name?: string | undefined; readonly protocol?: string | undefined };

/** `LOCAL:REMOTE` with the pod's own numbers, for words that mean a Service's ports. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/portforward checkUDPPortInService and translateServicePortToTargetPort
export function servicePorts(words: readonly string[], service: Service, pod: Pod): string[] {
  const ports = service.spec?.ports ?? [];
  const { name = "" } = service.metadata;
  const numberOf = (word: string): number => {
    if (/^\d+$/.test(word)) return Number(word);
    const port = ports.find((each) => each.name === word)?.port;
    if (port === undefined) throw new CommandError(`Service '${name}' does not have a named port '${word}'`);
    return port;
  };
  checkUdp(
    words,
    numberOf,
    ports.map(({ port, protocol }) => ({ port, protocol })),
  );
  return words.map((word) => {
    const { local, remote } = splitPort(word);
    const target = String(targetOf(service, numberOf(remote), pod));
    return local === target ? target : `${local}:${target}`;
  });
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/util LookupContainerPortNumberByServicePort
function targetOf(service: Service, number: number, pod: Pod): number {
  const port = service.spec?.ports?.find((each) => each.port === number);
  if (port === undefined)
    throw new CommandError(`Service ${service.metadata.name} does not have a service port ${number}`);
  if (service.spec?.clusterIP === "None") return number;
  const { targetPort } = port;
  if (typeof targetPort === "string") return namedPort(pod, targetPort);
  return targetPort === undefined || targetPort === 0 ? number : targetPort;
}

/** The same for words that mean a pod's ports. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/portforward checkUDPPortInPod and convertPodNamedPortToNumber
export function podPorts(words: readonly string[], pod: Pod): string[] {
  const numberOf = (word: string) => (/^\d+$/.test(word) ? Number(word) : namedPort(pod, word));
  const ports = containerPorts(pod).map(({ containerPort, protocol }) => ({ port: containerPort, protocol }));
  checkUdp(words, numberOf, ports);
  return words.map((word) => {
    const { local, remote } = splitPort(word);
    const number = /^\d+$/.test(remote) || remote === "" ? remote : String(namedPort(pod, remote));
    return local === remote ? number : `${local}:${number}`;
  });
}

function containerPorts(pod: Pod): readonly ({ readonly containerPort: number } & Named)[] {
  return (pod.spec?.containers ?? []).flatMap(({ ports }) => ports ?? []);
}

function namedPort(pod: Pod, name: string): number {
  const port = containerPorts(pod).find((each) => each.name === name)?.containerPort;
  if (port === undefined) throw new CommandError(`Pod '${pod.metadata.name}' does not have a named port '${name}'`);
  return port;
}

function checkUdp(
  words: readonly string[],
  numberOf: (word: string) => number,
  ports: readonly { readonly port: number; readonly protocol?: string | undefined }[],
): void {
  for (const word of words) {
    const { remote } = splitPort(word);
    const number = numberOf(remote);
    const same = ports.filter(({ port }) => port === number);
    if (same.some(({ protocol }) => protocol === "UDP") && !same.some(({ protocol }) => protocol !== "UDP"))
      throw new CommandError(`UDP protocol is not supported for ${remote}`);
  }
}

function splitPort(word: string): { local: string; remote: string } {
  const colon = word.indexOf(":");
  return colon < 0 ? { local: word, remote: word } : { local: word.slice(0, colon), remote: word.slice(colon + 1) };
}

/** The numbers of `LOCAL:REMOTE`. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/client-go/tools/portforward parsePorts
export function parsePairs(words: readonly string[]): PortPair[] {
  return words.map((word) => {
    const parts = word.split(":");
    if (parts.length > 2) throw new CommandError(`invalid port format '${word}'`);
    const [local = "", remote = local] = parts;
    const pair = {
      local: numberIn(local === "" ? "0" : local, "local"),
      remote: numberIn(remote, "remote"),
    };
    if (pair.remote === 0) throw new CommandError("remote port must be > 0");
    return pair;
  });
}

function numberIn(text: string, side: "local" | "remote"): number {
  const quoted = JSON.stringify(text);
  if (!/^\d+$/.test(text))
    throw new CommandError(
      `error parsing ${side} port '${text}': strconv.ParseUint: parsing ${quoted}: invalid syntax`,
    );
  if (Number(text) > 65_535)
    throw new CommandError(
      `error parsing ${side} port '${text}': strconv.ParseUint: parsing ${quoted}: value out of range`,
    );
  return Number(text);
}
