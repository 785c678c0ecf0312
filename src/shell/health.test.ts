// `sim health` and `sim why` tell what is wrong with its cure, and the printed cure cures.
import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { createShell, runToEnd } from "./index.ts";

const BROKEN = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: wep }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.29", ports: [{ containerPort: 8080 }] }] }
`;

function lab() {
  const cluster = createCluster({ seed: "health", settings: SHELL_SETTINGS });
  const shell = createShell({ cluster, files: new Map([["broken.yaml", BROKEN]]) });
  return (line: string) => {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    const code = runToEnd(cluster, shell, line, { out: write, err: write });
    cluster.advance(1_500);
    return { text, code };
  };
}

test("[DIAG-4] sim health tells the selector and prints a cure that works", () => {
  const run = lab();
  expect(run("sim health").text).toBe("nothing is wrong\n");
  run("kubectl apply -f broken.yaml");
  const { text, code } = run("sim health service/web");
  expect(code).toBe(0);
  expect(text).toContain("ERROR  Service web: No pod has the labels app=wep");
  expect(text).toContain("app: wanted wep, found web  <-- differs");
  const cure = /^ +(kubectl patch services .*)$/m.exec(text)?.[1] ?? "";
  expect(run(cure).code).toBe(0);
  expect(run("sim health").text).toBe("nothing is wrong\n");
  expect(run("curl -s -o /dev/null -w '%{http_code}' 192.168.1.11:30080").text).toBe("200");
});

test("[DIAG-4] sim why tells of the last request that failed", () => {
  const run = lab();
  expect(run("sim why").code).toBe(1);
  run("kubectl apply -f broken.yaml");
  expect(run("curl -s 192.168.1.11:30080").code).toBe(7);
  const { text } = run("sim why");
  expect(text).toContain("from laptop to 192.168.1.11:30080: connection refused");
  expect(text).toContain("see:  kubectl get pods -l app=wep");
  expect(JSON.parse(run("sim why -o json").text).class).toBe("refused");
});

test("sim health refuses what is no Service", () => {
  const run = lab();
  expect(run("sim health service/none").text).toContain('there is no service "none"');
  expect(run("sim health web").code).toBe(1);
});
