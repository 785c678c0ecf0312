// Worlds of different sizes in which the picture has to stay legible.
import { readFile } from "node:fs/promises";
import { newScenario, type Scenario } from "../scenario/link.ts";

import { manifest } from "./visitor.ts";

function app(name: string, namespace: string, replicas: number): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: nginxinc/nginx-unprivileged:1.29
`;
}

/** A Service whose selector matches nothing. */
function lost(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}-that-nobody-has
  ports:
    - port: 80
`;
}

const SPACES = ["front", "shop", "stock"];
const LONG = "a-name-of-sixty-three-characters-is-the-longest-that-dns-allows";

/** Each world by name, as a scenario to open. */
export const WORLDS: Readonly<Record<string, () => Promise<Scenario>>> = {
  "the first example": async () => newScenario(manifest()),
  "a bookshop": async () => newScenario(await readFile("src/app/examples/bookshop.yaml", "utf8")),
  "thirty apps in three namespaces": async () =>
    newScenario(
      [
        ...SPACES.map((name) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`),
        ...Array.from({ length: 30 }, (_, at) => app(`app-${at + 1}`, SPACES[at % 3] ?? "", 2)),
      ].join("---\n"),
    ),
  "six missing things": async () =>
    newScenario([manifest({ selector: "wep" }), ...["cart", "stock", "mail", "pay", LONG].map(lost)].join("---\n")),
  "60 replicas": async () => newScenario(manifest({ replicas: 60 })),
  "300 replicas": async () => newScenario(manifest({ replicas: 300 })),
  "names of 63 characters": async () =>
    newScenario([app(LONG, "default", 3), app(`b${LONG.slice(1)}`, "default", 2)].join("---\n")),
};
