// The columns that every kind with a pod template has.
import type { Container } from "../../cluster/index.ts";

/** The columns of a pod template; wide only. */
export const TEMPLATE = ["CONTAINERS*", "IMAGES*"] as const;

/** The CONTAINERS and IMAGES cells. */
export function containerCells(containers: readonly Container[] | undefined): [names: string, images: string] {
  return [
    (containers ?? []).map((each) => each.name).join(","),
    (containers ?? []).map((each) => each.image ?? "").join(","),
  ];
}
