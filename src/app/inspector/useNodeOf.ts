// Which node's rules a packet meets at a place: its own, or a pod's on the network of its node.
import { makeKey, type Place, type Pod } from "../../cluster/index.ts";
import { useApp } from "../store/react.ts";

export function useNodeOf(): (place: Place) => string | undefined {
  const pods = useApp((state) => state.objects.get("pods"));
  return (place) => {
    if (place.kind === "node") return place.name;
    if (place.kind !== "pod") return undefined;
    const pod = pods?.get(makeKey(place.namespace, place.name)) as Pod | undefined; // the resource holds pods
    return pod?.spec?.nodeName;
  };
}
