// The tour of a first visit.
import { spoken } from "../language.ts";

export const EN = {
  answer: "The answer returns by the same node, which restores the addresses.",
  killed: (name: string, time: string) =>
    `Pod ${name} was killed at ${time}: its endpoint gets no new requests, and another pod starts.`,
  replaced: (name: string, time: string, address: string, made: string) =>
    `Pod ${name} was killed at ${time}. Its endpoint ${address} gets no new requests, and the Deployment's new pod became one: ${made}.`,
  sends: "The laptop sends a request.",
  goes: (address: string, port: number | undefined, node: string) =>
    `The laptop's request goes to ${address}:${port}: the address of ${node}, and the nodePort that the Service has on every node.`,
  nobody: "Nothing listens on that port: the node's rules take the packet.",
  rules: (name: string, ready: number, before: string | undefined, after: string | undefined) =>
    `The rules of Service ${name} ${ready === 1 ? "take its one ready pod" : `draw one of ${ready} ready pods`}: the destination ${before} becomes ${after}.`,
};

export const W = spoken("tour", EN);
