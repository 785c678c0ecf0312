// One Service with everything behind it, as the checks see it.
import { isPodReady, type ObjectRef, type Pod, type Service, type ServicePort } from "../cluster/index.ts";
import type { Cure, Finding, ObjectEdit, Step } from "./finding.ts";
import type { Survey } from "./survey.ts";
import { isHeadless, refOf, shortName } from "./words.ts";

/** An address behind a Service, of one of its slices. */
export interface SceneEndpoint {
  readonly address: string;
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly node: string | undefined;
  readonly pod: Pod | undefined;
  /** Numbers by the name of the Service port and its protocol. */
  readonly ports: ReadonlyMap<string, number>;
}

/** What a check is given. */
export interface Scene {
  readonly survey: Survey;
  readonly service: Service;
  readonly ref: ObjectRef;
  /** `web`, or `prod/web`. */
  readonly name: string;
  readonly namespace: string;
  readonly headless: boolean;
  readonly selector: Readonly<Record<string, string>> | undefined;
  readonly ports: readonly ServicePort[];
  /** Pods that the selector matches. */
  readonly pods: readonly Pod[];
  readonly endpoints: readonly SceneEndpoint[];
}

/** Looks at one thing; finds what is wrong with it. */
export type Check = (scene: Scene) => readonly Finding[];

/** The key by which an endpoint's ports are filed. */
export function portKey(name: string | undefined, protocol: string | undefined): string {
  return `${name ?? ""}/${protocol ?? "TCP"}`;
}

/** Gathers everything behind a Service. */
export function sceneOf(survey: Survey, service: Service): Scene {
  const { spec, metadata } = service;
  const namespace = metadata.namespace ?? "default";
  const isAlias = spec?.type === "ExternalName";
  const labels = Object.keys(spec?.selector ?? {}).length > 0 && !isAlias ? spec?.selector : undefined;
  return {
    survey,
    service,
    ref: refOf(service),
    name: shortName(service),
    namespace,
    headless: isHeadless(service),
    selector: labels,
    ports: spec?.ports ?? [],
    pods: labels === undefined ? [] : survey.podsWith(namespace, labels),
    endpoints: endpointsOf(survey, service),
  };
}

function endpointsOf(survey: Survey, service: Service): SceneEndpoint[] {
  return survey.slicesOf(service).flatMap((slice) => {
    const ports = new Map((slice.ports ?? []).map((each) => [portKey(each.name, each.protocol), each.port ?? 0]));
    return (slice.endpoints ?? []).flatMap(({ addresses, conditions, nodeName, targetRef }) => {
      const [address] = addresses;
      if (address === undefined) return [];
      return [
        {
          address,
          ready: conditions?.ready !== false,
          terminating: conditions?.terminating === true,
          node: nodeName,
          pod: targetRef?.kind === "Pod" ? survey.podAt(address) : undefined,
          ports,
        },
      ];
    });
  });
}

/** Endpoints that may be drawn. */
export function readyEndpoints({ endpoints }: Scene): readonly SceneEndpoint[] {
  return endpoints.filter((each) => each.ready);
}

/** Pods that are on their way out are nobody's fault. */
export function livingPods({ pods }: Scene): readonly Pod[] {
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

export function readyPods(scene: Scene): readonly Pod[] {
  return livingPods(scene).filter(isPodReady);
}

/** A finding about the scene's Service. */
export function finding(
  scene: Scene,
  what: Omit<Finding, "id" | "service" | "step"> & { readonly step: Step; readonly about?: string },
): Finding {
  const { about, ...rest } = what;
  const { namespace, name } = scene.ref;
  const id = `${what.class} ${scene.ref.kind} ${namespace ?? ""}/${name}${about === undefined ? "" : ` ${about}`}`;
  return { id, service: scene.ref, ...rest };
}

/** A cure that changes fields of objects. */
export function edit(label: string, ...edits: readonly ObjectEdit[]): Cure {
  return { label, remedy: { kind: "edit", edits } };
}
