// Facts about the EndpointSlices of a Service, in the form in which the tables hold them.
import { canonical, type Fields, fieldsOf, listOf } from "./json.ts";

const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

/** The items of a printed list. @throws SyntaxError when the text is no JSON. */
export function itemsOf(text: string): Fields[] {
  return listOf(fieldsOf(JSON.parse(text)).items).map(fieldsOf);
}

/** The fact that a check asks for; `remember` and `sameAs` keep names and versions in `memory`. */
export function factOf(slices: readonly Fields[], check: Fields, memory: Map<string, string>): unknown {
  const endpoints = slices.flatMap((slice) => listOf(slice.endpoints ?? undefined)).map(fieldsOf);
  switch (check.what) {
    case "count":
      return slices.length;
    case "lengths":
      return slices.map((slice) => listOf(slice.endpoints ?? undefined).length).sort((a, b) => b - a);
    case "labels":
      return same(slices.map((slice) => metadataOf(slice).labels ?? {}));
    case "annotations":
      return same(slices.map(annotationsOf));
    case "addressTypes":
      return [...new Set(slices.map((slice) => slice.addressType))].sort();
    case "namesBeginWith":
      return slices.every((slice) => nameOf(slice).startsWith(String(check.expect)))
        ? check.expect
        : slices.map(nameOf);
    case "owners":
      return ownersOf(slices);
    case "ports":
      return slices.map(portsOf).sort(byText);
    case "names":
    case "versions":
      return remembered(slices, check, memory);
    case "allReady":
      return endpoints.every((endpoint) => fieldsOf(endpoint.conditions).ready === true);
    case "readyCount":
      return endpoints.filter((endpoint) => fieldsOf(endpoint.conditions).ready === true).length;
    case "endpoints":
      return endpointsByPod(endpoints, check);
    case "hintsByZone":
      return tally(endpoints.map((endpoint) => onlyHint(endpoint, "forZones")));
    case "hintsByNode":
      return tally(endpoints.map((endpoint) => onlyHint(endpoint, "forNodes")));
    case "crossZoneHints":
      return endpoints.filter((each) => hintsOf(each, "forZones").some((zone) => zone !== each.zone)).length;
    default:
      throw new Error(`unknown check ${check.what}`);
  }
}

const metadataOf = (slice: Fields) => fieldsOf(slice.metadata);
const nameOf = (slice: Fields) => String(metadataOf(slice).name);
const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function annotationsOf(slice: Fields): Fields {
  const all = Object.entries(fieldsOf(metadataOf(slice).annotations));
  return Object.fromEntries(all.filter(([key]) => key !== TRIGGER_TIME));
}

function ownersOf(slices: readonly Fields[]): string[] {
  const owners = slices.flatMap((slice) => listOf(metadataOf(slice).ownerReferences)).map(fieldsOf);
  return [...new Set(owners.map(({ kind, name }) => `${kind}/${name}`))].sort();
}

function portsOf(slice: Fields): Fields[] {
  const ports = listOf(slice.ports ?? undefined).map(fieldsOf);
  return ports
    .map(({ name = "", port, protocol, appProtocol }) => ({
      name,
      port,
      protocol,
      ...(appProtocol ? { appProtocol } : {}),
    }))
    .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
}

function remembered(slices: readonly Fields[], check: Fields, memory: Map<string, string>): boolean | undefined {
  const facts = slices.map((slice) =>
    check.what === "names" ? nameOf(slice) : [nameOf(slice), metadataOf(slice).resourceVersion],
  );
  const now = canonical(facts.sort(byText));
  if (check.remember !== undefined) memory.set(String(check.remember), now);
  return check.sameAs === undefined ? undefined : memory.get(String(check.sameAs)) === now;
}

/** By pod; of each only the fields that the table names. */
function endpointsByPod(endpoints: readonly Fields[], check: Fields): Fields {
  const wanted = new Set(Object.values(fieldsOf(check.expect)).flatMap((each) => Object.keys(fieldsOf(each))));
  return Object.fromEntries(
    endpoints.map((endpoint) => {
      const name = fieldsOf(endpoint.targetRef).name ?? listOf(endpoint.addresses)[0];
      const facts = Object.entries(endpointFacts(endpoint)).filter(([key]) => wanted.has(key));
      return [String(name), Object.fromEntries(facts)] as const;
    }),
  );
}

function endpointFacts(endpoint: Fields): Fields {
  const { ready, serving, terminating } = fieldsOf(endpoint.conditions);
  const hints = fieldsOf(endpoint.hints);
  const target = fieldsOf(endpoint.targetRef);
  return {
    ready,
    serving,
    terminating,
    nodeName: endpoint.nodeName ?? null,
    zone: endpoint.zone ?? null,
    hostname: endpoint.hostname ?? null,
    addresses: listOf(endpoint.addresses).length,
    forZones: hints.forZones === undefined ? null : hintsOf(endpoint, "forZones"),
    forNodes: hints.forNodes === undefined ? null : hintsOf(endpoint, "forNodes"),
    targetRef: target.kind === undefined ? null : `${target.kind} ${target.namespace}/${target.name}`,
  };
}

function hintsOf(endpoint: Fields, field: string): unknown[] {
  return listOf(fieldsOf(endpoint.hints)[field]).map((each) => fieldsOf(each).name);
}

/** The one name in a hint; "" without one. */
function onlyHint(endpoint: Fields, field: string): string {
  const names = hintsOf(endpoint, field);
  return names.length === 1 ? String(names[0]) : "";
}

function same(values: readonly unknown[]): unknown {
  const distinct = [...new Map(values.map((value) => [canonical(value), value])).values()];
  return distinct.length === 1 ? distinct[0] : distinct;
}

function tally(words: readonly string[]): Fields {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
}
