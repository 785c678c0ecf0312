// What the inspector says of an object beyond its own fields: what others hold about it.
import type { EndpointSlice, KubeObject, Node, Pod, Service } from "../../../cluster/index.ts";
import { Clients } from "./Clients.tsx";
import { Connections } from "./Connections.tsx";
import { Environment } from "./Environment.tsx";
import { SliceOf, Slices } from "./Slices.tsx";

export function Beyond({ object }: { readonly object: KubeObject }) {
  switch (object.kind) {
    case "Service":
      return (
        <>
          <Slices service={object as Service} /* its kind says so */ />
          <Clients service={object as Service} />
        </>
      );
    case "EndpointSlice":
      return <SliceOf slice={object as EndpointSlice} /* its kind says so */ />;
    case "Pod":
      return <Environment pod={object as Pod} /* its kind says so */ />;
    case "Node":
      return <Connections node={(object as Node).metadata.name ?? ""} /* its kind says so */ />;
    default:
      return null;
  }
}
