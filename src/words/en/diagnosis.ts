// Words that several explanations share.
import { spoken } from "../language.ts";

export const EN = {
  more: (n: number) => `${n} more`,
  and: (most: string, last: string | undefined) => `${most} and ${last}`,
  in: (kind: string, name: string, namespace: string) => `${kind} ${name} in ${namespace}`,
  nouns: {
    pod: ["pod", "pods"],
    endpoint: ["endpoint", "endpoints"],
    connection: ["connection", "connections"],
    restart: ["restart", "restarts"],
  } as Record<string, readonly [one: string, many: string]>,
  stepName: "Does the name resolve?",
  stepService: "Does the Service exist?",
  stepPort: "Is it the right port?",
  stepEndpoints: "Are there ready endpoints?",
  stepPod: "Does the pod answer on its port?",
  stepPolicy: "Does a policy block it?",
  stepNode: "Is the node alive?",
  stepOutside: "Is there an outside address?",
  tls: "TLS handshake failed",
  refused: "connection refused",
  timeout: "no answer in time",
  unreachable: "no route to host",
  unresolved: "name not resolved",
  closed: "closed without an answer",
  reset: "connection reset",
  pending: "no answer yet",
  recreates: (what: string) => `${what} (this recreates the pod)`,
  silent: "its command exits with an error and prints nothing",
  removeAnnotation: (name: string) => `Remove the annotation ${name}`,
  listenAll: (value: string) => `Listen on every address: ${value}`,
};

export const W = spoken("diagnosis", EN);
