// What of the picture the pointer or the focus is at, shared with the other panels.
import { useEffect } from "react";
import { useStoreApi } from "reactflow";
import { makeKey } from "../../cluster/index.ts";
import type { ObjectAt } from "../store/lit.ts";
import { usePlayground } from "../store/react.ts";

/** The object that a box of the picture stands for. */
export function objectOfBox(id: string): ObjectAt | undefined {
  const [type = "", ...rest] = id.split(":");
  const key = rest.join(":");
  switch (type) {
    case "service":
      return { resource: "services", key };
    case "pod":
      return { resource: "pods", key };
    case "node":
    case "gate":
      return { resource: "nodes", key: makeKey(undefined, key) };
    case "workload":
      return { resource: rest[0] ?? "", key: rest.slice(1).join(":") };
    default:
      return undefined;
  }
}

/** Follows the pointer and the focus over the boxes of the picture. */
export function Pointing() {
  const playground = usePlayground();
  const flow = useStoreApi();
  useEffect(() => {
    const pane = flow.getState().domNode;
    if (pane === null) return;
    let at = "";
    const enter = ({ target }: Event) => {
      const box = target instanceof Element ? target.closest<HTMLElement>(".react-flow__node") : null;
      const id = box?.dataset.id ?? "";
      // Within a box the pointer passes many elements.
      if (id === at && playground.store.getState().lit?.by === "canvas") return;
      at = id;
      const object = objectOfBox(id);
      if (object === undefined) leave();
      else playground.point({ by: "canvas", objects: [object], fields: [] });
    };
    const leave = () => playground.unpoint("canvas");
    const turns = [
      ["pointerover", enter],
      ["focusin", enter],
      ["pointerleave", leave],
      ["focusout", leave],
    ] as const;
    for (const [type, listener] of turns) pane.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of turns) pane.removeEventListener(type, listener);
    };
  }, [playground, flow]);
  return null;
}
