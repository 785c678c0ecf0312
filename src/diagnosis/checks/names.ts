// Names: an alias that leads nowhere, and StatefulSets whose pods' names don't resolve.
import { hasAll, LabelServiceName, own, type StatefulSet } from "../../cluster/index.ts";
import { W } from "../../words/en/why-names.ts";
import { holdsValue } from "../claims.ts";
import type { Cure, Evidence, Finding } from "../finding.ts";
import { type Check, edit, finding, type Scene } from "../scene.ts";
import type { Survey } from "../survey.ts";
import { dnsName, inNamespace, isHeadless, labelText, nearest, refOf } from "../words.ts";

/** Spec: [DIAG-10]. */
export const aliasCheck: Check = (scene) => {
  const { service } = scene;
  const { type, externalName = "" } = service.spec ?? {};
  if (type !== "ExternalName") return [];
  if (/^\d+(\.\d+){3}$/.test(externalName)) return [addressAsName(scene, externalName)];
  return [...leadsNowhere(scene, externalName), onlyAnAlias(scene, externalName)];
};

function digEvidence({ service }: Scene, shows: string, prints: readonly string[]): Evidence {
  return { command: `sim dns ${dnsName(service)} A`, shows, prints };
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
      labels: { [LabelServiceName]: ref.name },
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
    title: W.isAddress(address),
    explanation: W.isAddressLong(scene.name, address, dnsName(service)),
    claims: [
      holdsValue(ref, ["spec", "externalName"], address),
      holdsValue(ref, ["spec", "type"], "ExternalName"),
      { kind: "resolves", name: dnsName(service), addresses: [] },
    ],
    evidence: [digEvidence(scene, "NXDOMAIN", ["NXDOMAIN"])],
    responsible: { object: ref, path: ["spec", "externalName"] },
    cures: [
      {
        label: W.withoutSelector(address),
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
        unfinished: true,
      },
    ],
    symptoms: ["unresolved"],
  });
}

/** An alias of a name that doesn't exist in the cluster. Names outside are not ours to judge. */
function leadsNowhere(scene: Scene, externalName: string): Finding[] {
  const name = externalName.replace(/\.$/, "");
  const inside = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(name);
  if (inside === null) return [];
  const answer = scene.survey.world.resolve(`${name}.`, "A");
  if (answer.answers.some(({ type }) => type === "A")) return [];
  return [
    finding(scene, {
      class: "alias-leads-nowhere",
      severity: "error",
      step: 0,
      title: W.noSuchName(name),
      explanation: W.badAlias(
        scene.name,
        name,
        scene.survey.service(inside[2] ?? "", inside[1] ?? "") === undefined
          ? W.noServiceIn(inside[1], inside[2])
          : W.noAddressNow,
      ),
      claims: [
        holdsValue(scene.ref, ["spec", "externalName"], externalName),
        { kind: "resolves", name, addresses: [] },
        {
          kind: "object",
          object: { apiVersion: "v1", kind: "Service", namespace: inside[2], name: inside[1] ?? "" },
          exists: scene.survey.service(inside[2] ?? "", inside[1] ?? "") !== undefined,
        },
      ],
      evidence: [digEvidence(scene, W.noAddress, ["NOERROR"])],
      responsible: { object: scene.ref, path: ["spec", "externalName"] },
      cures: meantBy(scene, inside[2] ?? "", inside[1] ?? ""),
      symptoms: ["unresolved"],
    }),
  ];
}

/** The Service whose name was mistyped. */
function meantBy(scene: Scene, namespace: string, name: string): Cure[] {
  const names = scene.survey.services
    .filter(({ metadata }) => metadata.namespace === namespace && metadata.name !== scene.ref.name)
    .map(({ metadata }) => metadata.name ?? "");
  const near = nearest(name, names);
  if (near === undefined || near === name) return [];
  const value = `${near}.${namespace}.svc.cluster.local`;
  return [
    edit(W.setExternal(value), {
      object: scene.ref,
      changes: [{ op: "set", path: ["spec", "externalName"], value }],
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
    title: mapped === undefined ? W.onlyAlias(scene.name, externalName) : W.portsNoEffect,
    explanation: W.aliasLong(scene.ref.name, externalName, mapped?.port, mapped?.targetPort),
    claims: [
      holdsValue(scene.ref, ["spec", "externalName"], externalName),
      holdsValue(scene.ref, ["spec", "ports"], scene.service.spec?.ports),
    ],
    evidence: [digEvidence(scene, W.cnameTo(externalName), ["CNAME", externalName])],
    responsible: { object: scene.ref, path: mapped === undefined ? ["spec", "externalName"] : ["spec", "ports"] },
    cures:
      mapped === undefined
        ? []
        : [
            {
              ...edit(W.removePorts, {
                object: scene.ref,
                changes: [{ op: "remove", path: ["spec", "ports"] }],
              }),
              unfinished: true,
            },
          ],
    symptoms: mapped === undefined ? ["http"] : ["refused", "timeout", "http"],
  });
}

/** StatefulSets whose pods' own names do not resolve. Spec: [DIAG-11]. */
export function statefulSetFindings(survey: Survey): readonly Finding[] {
  return survey.world.api.list("statefulsets.apps").flatMap((set) => statefulSet(survey, set));
}

function statefulSet(survey: Survey, set: StatefulSet): Finding[] {
  const ref = refOf(set);
  const { namespace = "default" } = set.metadata;
  const serviceName = set.spec?.serviceName ?? "";
  const service = serviceName === "" ? undefined : survey.service(namespace, serviceName);
  const labels = set.spec?.template?.metadata?.labels ?? {};
  const pod = `${ref.name}-0`;
  const wanted = serviceName === "" ? `${pod}.SERVICE` : `${pod}.${serviceName}`;
  const selects = Object.entries(service?.spec?.selector ?? {});
  if (service !== undefined && selects.length > 0 && selects.every(([key, value]) => own(labels, key) === value))
    return [];
  const headless = headlessFor(survey, set);
  const why = whyNoNames(serviceName, service !== undefined);
  const here = survey.services.filter((each) => each.metadata.namespace === namespace);
  const evidence = [
    ...(serviceName === ""
      ? []
      : [
          {
            command: `sim dns ${wanted}.${namespace}.svc.cluster.local A`,
            shows: "NXDOMAIN",
            prints: ["NXDOMAIN"],
          },
          {
            command: `kubectl get statefulset ${ref.name}${inNamespace(namespace)} -o jsonpath={.spec.serviceName}`,
            shows: serviceName,
            prints: [serviceName],
          },
        ]),
    {
      command: `kubectl get services${inNamespace(namespace)}`,
      shows: W.whichServices,
      prints: here.length === 0 ? ["No resources found"] : here.map(({ metadata }) => metadata.name ?? ""),
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
      title: W.unresolved(wanted),
      explanation: W.stableNames(ref.name, wanted, why, headless),
      claims: [
        holdsValue(ref, ["spec", "serviceName"], set.spec?.serviceName),
        ...(serviceName === ""
          ? []
          : [
              { kind: "resolves" as const, name: `${wanted}.${namespace}.svc.cluster.local`, addresses: [] },
              {
                kind: "object" as const,
                object: { apiVersion: "v1", kind: "Service", namespace, name: serviceName },
                exists: service !== undefined,
              },
            ]),
        ...(headless === undefined
          ? []
          : [
              holdsValue(
                { apiVersion: "v1", kind: "Service", namespace, name: headless },
                ["spec", "clusterIP"],
                "None",
              ),
            ]),
      ],
      evidence,
      responsible: { object: ref, path: ["spec", "serviceName"] },
      cures: [
        ...(headless === undefined ? [] : renamed(set, headless)),
        ...namesCures(set, { serviceName, service: service !== undefined, labels }).map((cure) =>
          headless === undefined ? cure : ({ ...cure, unfinished: true } as const),
        ),
      ],
      symptoms: ["unresolved"],
    },
  ];
}

function whyNoNames(serviceName: string, isThere: boolean): string {
  if (serviceName === "") return W.notSet;
  if (!isThere) return W.noSuchService(serviceName);
  return W.selectorMisses(serviceName);
}

function headlessFor(survey: Survey, set: StatefulSet): string | undefined {
  const labels = set.spec?.template?.metadata?.labels ?? {};
  return survey.services.find(
    (each) =>
      isHeadless(each) &&
      each.metadata.namespace === set.metadata.namespace &&
      each.metadata.name !== set.spec?.serviceName &&
      Object.keys(each.spec?.selector ?? {}).length > 0 &&
      hasAll(labels, each.spec?.selector ?? {}),
  )?.metadata.name;
}

/** serviceName cannot be changed: the StatefulSet is recreated with the name of the Service that is there. */
function renamed(set: StatefulSet, headless: string): Cure[] {
  const { name, namespace } = set.metadata;
  const patch = JSON.stringify([{ op: "replace", path: "/spec/serviceName", value: headless }]);
  const command = `kubectl patch statefulset ${name}${inNamespace(namespace)} --type=json --dry-run=client -o yaml -p '${patch}' | kubectl replace --force -f -`;
  return [
    {
      label: W.recreate(name, headless),
      remedy: { kind: "command", command },
    },
  ];
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
      edit(W.setSelector(serviceName, labelText(labels)), {
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
  return [{ label: W.createHeadless(serviceName), remedy: { kind: "edit", edits: [], create: [created] } }];
}
