// Names: an alias that leads nowhere, and StatefulSets whose pods' names nobody answers for.
import { hasAll, type StatefulSet } from "../../cluster/index.ts";
import type { Cure, Finding } from "../finding.ts";
import { type Check, edit, finding, type Scene } from "../scene.ts";
import { dnsName, inNamespace, isHeadless, labelText, refOf } from "../words.ts";
import type { World } from "../world.ts";

/** Spec: [DIAG-10]. */
export const aliasCheck: Check = (scene) => {
  const { service } = scene;
  const { type, externalName = "" } = service.spec ?? {};
  if (type !== "ExternalName") return [];
  if (/^\d+(\.\d+){3}$/.test(externalName)) return [addressAsName(scene, externalName)];
  return [...leadsNowhere(scene, externalName), onlyAnAlias(scene, externalName)];
};

function digEvidence({ service }: Scene, shows: string) {
  return { command: `sim dns ${dnsName(service)} A`, shows };
}

function addressAsName(scene: Scene, address: string): Finding {
  const { ref, namespace, service } = scene;
  const ports = service.spec?.ports ?? [{ port: 80 }];
  const slice = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${ref.name}-1`,
      ...(namespace === "default" ? {} : { namespace }),
      labels: { "kubernetes.io/service-name": ref.name },
    },
    addressType: "IPv4",
    ports: ports.map((each) => ({
      ...("name" in each && each.name !== undefined ? { name: each.name } : {}),
      port: each.port,
    })),
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
  };
  return finding(scene, {
    class: "external-name-is-an-address",
    severity: "error",
    step: 0,
    title: `externalName ${address} is an address, not a name`,
    explanation: `Service ${scene.name} is an ExternalName: the cluster's DNS answers ${dnsName(service)} with the alias (CNAME) ${address}., and then nobody knows an address for a host that is called ${address}. The API server lets it through; clients cannot resolve it. For an address there is a Service without selector, with an EndpointSlice that lists it.`,
    evidence: [digEvidence(scene, `a CNAME to ${address}. and no address`)],
    responsible: { object: ref, path: ["spec", "externalName"] },
    cures: [
      {
        label: `Make it a Service without selector, with ${address} in an EndpointSlice`,
        remedy: {
          kind: "edit",
          edits: [
            {
              object: ref,
              changes: [
                { op: "remove", path: ["spec", "externalName"] },
                { op: "set", path: ["spec", "type"], value: "ClusterIP" },
                ...(service.spec?.ports === undefined
                  ? [{ op: "set" as const, path: ["spec", "ports"], value: [{ port: 80 }] }]
                  : []),
              ],
            },
          ],
          create: [slice],
        },
      },
    ],
    symptoms: ["unresolved"],
  });
}

/** An alias of a name in the cluster that nobody has. Names outside are not ours to judge. */
function leadsNowhere(scene: Scene, externalName: string): Finding[] {
  const name = externalName.replace(/\.$/, "");
  const inside = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(name);
  if (inside === null) return [];
  const answer = scene.world.cluster.resolve(`${name}.`, "A");
  if (answer.answers.some(({ type }) => type === "A")) return [];
  return [
    finding(scene, {
      class: "alias-leads-nowhere",
      severity: "error",
      step: 0,
      title: `Nobody is called ${name}`,
      explanation: `Service ${scene.name} is an alias (CNAME) of ${name}, and the cluster's DNS has no address for that: ${scene.world.service(inside[2] ?? "", inside[1] ?? "") === undefined ? `there is no Service ${inside[1]} in namespace ${inside[2]}` : "that Service has no address of its own now"}.`,
      evidence: [digEvidence(scene, `a CNAME to ${name}. and no address`)],
      responsible: { object: scene.ref, path: ["spec", "externalName"] },
      cures: [],
      symptoms: ["unresolved"],
    }),
  ];
}

function onlyAnAlias(scene: Scene, externalName: string): Finding {
  const ports = scene.ports.filter(({ port, targetPort }) => targetPort !== undefined && targetPort !== port);
  const [mapped] = ports;
  return finding(scene, {
    class: "alias-only",
    severity: mapped === undefined ? "info" : "warning",
    step: 0,
    title:
      mapped === undefined
        ? `${scene.name} is only an alias of ${externalName}`
        : `The ports of an ExternalName are not applied`,
    explanation: `A client that calls http://${scene.ref.name} connects to ${externalName} itself, on the port that the client names${mapped === undefined ? "" : `: port ${mapped.port} is not turned into ${mapped.targetPort}`}. It still says Host: ${scene.ref.name}, and that is the name the certificate is checked against, so a server that goes by its host's name answers 404 or fails the handshake. No rule of any node plays a part.`,
    evidence: [
      digEvidence(scene, `a CNAME to ${externalName}.`),
      {
        command: `curl -H "Host: ${externalName}" http://${dnsName(scene.service)}`,
        shows: "what the server says to its own name",
      },
    ],
    responsible: { object: scene.ref, path: mapped === undefined ? ["spec", "externalName"] : ["spec", "ports"] },
    cures:
      mapped === undefined
        ? []
        : [
            edit("Remove the ports, which do nothing", {
              object: scene.ref,
              changes: [{ op: "remove", path: ["spec", "ports"] }],
            }),
          ],
    symptoms: mapped === undefined ? ["http"] : ["refused", "timeout", "http"],
  });
}

/** StatefulSets whose pods' own names do not resolve. Spec: [DIAG-11]. */
export function statefulSetFindings(world: World): readonly Finding[] {
  return world.cluster.api.list("statefulsets.apps").flatMap((set) => statefulSet(world, set));
}

function statefulSet(world: World, set: StatefulSet): Finding[] {
  const ref = refOf(set);
  const { namespace = "default" } = set.metadata;
  const serviceName = set.spec?.serviceName ?? "";
  const service = serviceName === "" ? undefined : world.service(namespace, serviceName);
  const labels = set.spec?.template?.metadata?.labels ?? {};
  const pod = `${ref.name}-0`;
  const wanted = serviceName === "" ? `${pod}.SERVICE` : `${pod}.${serviceName}`;
  const selects = Object.entries(service?.spec?.selector ?? {});
  if (service !== undefined && isHeadless(service) && selects.every(([key, value]) => labels[key] === value)) return [];
  const headless = headlessFor(world, set);
  const why = whyNoNames({
    serviceName,
    service: service !== undefined,
    headless: service !== undefined && isHeadless(service),
  });
  const evidence = [
    { command: `sim dns ${wanted}.${namespace}.svc.cluster.local A`, shows: "NXDOMAIN" },
    {
      command: `kubectl get statefulset ${ref.name}${inNamespace(namespace)} -o jsonpath={.spec.serviceName}`,
      shows: serviceName === "" ? "nothing" : serviceName,
    },
    {
      command: `kubectl get services${inNamespace(namespace)}`,
      shows: "which Services there are, and which have CLUSTER-IP None",
    },
  ];
  const id = `statefulset-names StatefulSet ${namespace}/${ref.name}`;
  return [
    {
      id,
      class: "statefulset-names",
      severity: serviceName === "" ? "info" : "warning",
      step: 0,
      service: ref,
      title: `${wanted} does not resolve`,
      explanation: `The pods of StatefulSet ${ref.name} get names of their own, such as ${wanted}, from the headless Service that spec.serviceName names: ${why}.${headless === undefined ? "" : ` The headless Service ${headless} selects them, but their names do not go with it.`}`,
      evidence,
      responsible: { object: ref, path: ["spec", "serviceName"] },
      cures: namesCures(set, { serviceName, service: service !== undefined, labels }),
      symptoms: ["unresolved"],
    },
  ];
}

function whyNoNames(has: { serviceName: string; service: boolean; headless: boolean }): string {
  if (has.serviceName === "") return "it names none";
  if (!has.service) return `it says ${has.serviceName}, and there is no Service ${has.serviceName}`;
  if (!has.headless)
    return `Service ${has.serviceName} has a ClusterIP, so it is not headless and its DNS knows no single pods`;
  return `the selector of Service ${has.serviceName} does not match the pods`;
}

function headlessFor(world: World, set: StatefulSet): string | undefined {
  const labels = set.spec?.template?.metadata?.labels ?? {};
  return world.services.find(
    (each) =>
      isHeadless(each) &&
      each.metadata.namespace === set.metadata.namespace &&
      each.metadata.name !== set.spec?.serviceName &&
      Object.keys(each.spec?.selector ?? {}).length > 0 &&
      hasAll(labels, each.spec?.selector ?? {}),
  )?.metadata.name;
}

function namesCures(
  set: StatefulSet,
  { serviceName, service, labels }: { serviceName: string; service: boolean; labels: Readonly<Record<string, string>> },
): Cure[] {
  const { namespace = "default" } = set.metadata;
  if (serviceName === "") return [];
  const ref = { apiVersion: "v1", kind: "Service", namespace, name: serviceName };
  if (service)
    return [
      edit(`Set spec.selector of ${serviceName} to ${labelText(labels)}`, {
        object: ref,
        changes: [{ op: "set", path: ["spec", "selector"], value: { ...labels } }],
      }),
    ];
  const containers = set.spec?.template?.spec?.containers ?? [];
  const ports = containers.flatMap((each) =>
    (each.ports ?? []).map(({ name, containerPort }) => ({
      ...(name === undefined ? {} : { name }),
      port: containerPort,
    })),
  );
  const created = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: serviceName, ...(namespace === "default" ? {} : { namespace }) },
    spec: { clusterIP: "None", selector: { ...labels }, ports: ports.length === 0 ? [{ port: 80 }] : ports },
  };
  return [
    { label: `Write the headless Service ${serviceName}`, remedy: { kind: "edit", edits: [], create: [created] } },
  ];
}
