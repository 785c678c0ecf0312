// What ties a program to 127.0.0.1: a word of its command line, or an annotation.
import type { Container, FieldPath, Pod } from "../../cluster/index.ts";
import { W } from "../../words/en/diagnosis.ts";
import type { Cure } from "../finding.ts";
import { fieldEdit } from "../owned.ts";
import type { Workload } from "../survey.ts";

/** The words on a command line, or the annotation, that tie a program to 127.0.0.1. */
const LOCAL = /(?:127\.0\.0\.1|localhost)/;
const BIND = "podpath.dev/bind";

/** Where a program is configured to listen on 127.0.0.1 alone. */
export interface BindPlace {
  readonly workload: Workload;
  /** From the pod. */
  readonly path: FieldPath;
  readonly word: string;
  /** What it should say; undefined: it should not be there. */
  readonly value: string | undefined;
}

/** The cures that let it listen on every address. */
export function bindCures([pod]: readonly Pod[], places: readonly BindPlace[]): Cure[] {
  if (pod === undefined) return [];
  return places.flatMap(({ workload, path, value }) =>
    value === undefined
      ? fieldEdit({ pod, workload }, W.removeAnnotation(BIND), { op: "remove", path })
      : fieldEdit({ pod, workload }, W.listenAll(value), { op: "set", path, value }),
  );
}

/** All such places of some workloads. */
export function bindPlaces(workloads: readonly Workload[]): readonly BindPlace[] {
  return [...new Set(workloads)].flatMap((workload) => {
    const { template } = workload;
    const places: BindPlace[] = [];
    if (template.metadata?.annotations?.[BIND] !== undefined)
      places.push({ workload, path: ["metadata", "annotations", BIND], word: BIND, value: undefined });
    (template.spec?.containers ?? []).forEach((container: Container, at) => {
      for (const field of ["command", "args"] as const)
        (container[field] ?? []).forEach((word, index) => {
          const path = ["spec", "containers", at, field, index];
          if (LOCAL.test(word)) places.push({ workload, path, word, value: word.replace(LOCAL, "0.0.0.0") });
        });
    });
    return places;
  });
}
