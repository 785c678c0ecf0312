// What is said about the fields of EndpointSlices.
import { LabelServiceName } from "../../cluster/index.ts";
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  EndpointSlice: {
    "": `Endpoints of a Service, at most a hundred; the label ${LabelServiceName} names the Service.`,
    addressType: "IPv4, IPv6 or FQDN, for all its endpoints.",
    endpoints: "The endpoints.",
    ports: "The ports that all of them have. Empty means none.",
  },
  Endpoint: {
    addresses: "The address, usually one.",
    conditions: "Whether it is ready, serving, terminating.",
    hints: "The zones or nodes that should use it.",
    nodeName: "The node it runs on.",
    targetRef: "The pod behind it.",
    zone: "The zone of its node.",
  },
  EndpointConditions: {
    ready: "Whether it gets traffic: serving and not terminating, or always with publishNotReadyAddresses.",
    serving: "Whether it answers, terminating or not.",
    terminating: "Whether its pod is being deleted.",
  },
  EndpointPort: {
    "": "A port that all endpoints of a slice have.",
    appProtocol: "The application protocol, from the Service's port.",
    name: "The name of the Service's port that it belongs to; empty for the one without a name.",
    port: "The number on the pods: the target port, resolved.",
    protocol: "TCP (default), UDP or SCTP.",
  },
  EndpointHints: {
    forNodes: "Nodes whose traffic should use it.",
    forZones: "Zones whose traffic should use it.",
  },
};
