// `sim matrix`: who may reach whom, before and after a change; and each answer held against a packet.
import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { createShell, runToEnd } from "./index.ts";

const POD = (name: string, namespace: string, labels: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }
spec: { containers: [{ name: main, image: podpath.example/server, ports: [{ containerPort: 8080 }] }] }
---`;
const DENY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 8080 }] }]
`;

function aConsole() {
  const cluster = createCluster({ seed: "matrix", settings: { ...SHELL_SETTINGS, coredns: false }, addons: ALL_KINDS });
  const files = new Map([["deny.yaml", DENY]]);
  const shell = createShell({ cluster, files });
  const type = (line: string) => {
    let text = "";
    const add = (part: string) => {
      text += part;
    };
    runToEnd(cluster, shell, line, { out: add, err: add });
    return text;
  };
  type("kubectl create namespace shop");
  const pods = [POD("web", "shop", "app: web"), POD("api", "shop", "app: api"), POD("other", "default", "app: api")];
  type(`kubectl apply -f - <<'EOF'${pods.join("")}\nEOF\nkubectl wait --for=condition=Ready pod --all -A`);
  return { cluster, files, type };
}

test("[NETPOL-9] it prints who may reach each port, and by which policies who may not", () => {
  const { type } = aConsole();
  expect(type("sim matrix --to shop/web")).toBe("shop/web TCP 8080\n  yes   everyone\n");
  type("kubectl apply -f deny.yaml");
  expect(type("sim matrix --to web")).toMatch(
    /^sim matrix: there is no "web" among default\/other, shop\/api, shop\/web, outside/,
  );
  expect(type("sim matrix --to web -n shop")).toBe(
    "shop/web TCP 8080\n  yes   shop/api\n  no    default/other, outside   by shop/web (Ingress)\n",
  );
  expect(type("sim cni policy off; sim matrix --from default")).toMatch(
    /^network plugin ignores.*\nThe network plugin ignores/,
  );
});

test("[NETPOL-9] --diff compares with policies that are not applied yet", () => {
  const { type, files } = aConsole();
  const lost = type("sim matrix --diff deny.yaml");
  expect(lost).toContain(
    "- default/other -> shop/web TCP 8080: yes -> no\n    NetworkPolicy shop/web isolates pod shop/web",
  );
  expect(lost).toContain("- outside -> shop/web TCP 8080: yes -> no");
  expect(lost).not.toContain("shop/api ->");
  expect(type("kubectl get networkpolicies -A")).toBe("No resources found\n");
  type("kubectl apply -f deny.yaml");
  expect(type("sim matrix --diff deny.yaml")).toBe("nothing changes\n");
  expect(type(`sed 's/app: api/app: x/' deny.yaml | sim matrix --diff -`)).toMatch(
    /^- shop\/api -> shop\/web TCP 8080: yes -> no\n/,
  );
  files.set("bad.yaml", DENY.replace("port: 8080", "port: 80800"));
  expect(type("sim matrix --diff bad.yaml")).toContain("must be between 1 and 65535");
  expect(type("sim matrix --diff none.yaml")).toBe('sim matrix: the path "none.yaml" does not exist\n');
});

test("[NETPOL-9] packets do what it says", () => {
  const { cluster, type } = aConsole();
  type("kubectl apply -f deny.yaml");
  cluster.advance(1_000);
  const reaches: { from: string; to: string; port: number; may: string }[] = JSON.parse(type("sim matrix -o json"));
  for (const { from, to, port, may } of reaches.filter((each) => each.from !== "outside")) {
    const place = (text: string) => {
      const [namespace = "", name = ""] = text.split("/");
      return { kind: "pod", namespace, name } as const;
    };
    let kind = "";
    const host = cluster.network.addressOf(place(to)) ?? "";
    cluster.send({ from: place(from), host, port, timeoutMs: 500 }, (outcome) => {
      kind = outcome.kind;
    });
    cluster.advance(600);
    expect(`${from} ${to} ${kind}`).toBe(`${from} ${to} ${may === "yes" ? "answered" : "timeout"}`);
  }
  expect(reaches).toHaveLength(9);
});
