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

test("[DIAG-4] sim why explains the last request that failed", () => {
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

test("[DIAG-48] sim health notes what is stored without effect", () => {
  const run = lab();
  run("kubectl create deployment web --image=nginx");
  run("kubectl autoscale deployment web --max=5");
  const { text } = run("sim health");
  expect(text).toMatch(/^nothing is wrong with what is simulated\n\nNOTE {2}HorizontalPodAutoscaler web is stored/);
});

test("[DIAG-41] a request that failed in its TLS is the one that sim why explains", () => {
  const run = lab();
  run("kubectl run web --image=nginx --port=80; kubectl expose pod web --port=443 --target-port=80");
  run("kubectl run cli --image=curlimages/curl -- sleep 9999; sleep 4");
  expect(run("kubectl exec cli -- curl -sS https://web").text).toContain("curl: (35)");
  const { text } = run("sim why");
  expect(text).toMatch(/to https:\/\/web.*TLS handshake failed\n/);
  expect(text).toContain("cure: Send to http://web:443 instead");
});

test("[DIAG-45] TCP to a UDP port is reported as such", () => {
  const run = lab();
  run("kubectl create deployment w --image=nginx; kubectl expose deployment w --port 80 --protocol UDP");
  run("kubectl run cli --image=curlimages/curl -- sleep 9999; sleep 4");
  run("kubectl exec cli -- curl -sS -m 3 http://w");
  const { text } = run("sim why");
  expect(text).toContain("Port 80 of Service w is for UDP, but this was TCP");
  expect(text).toContain("cure: Set spec.ports[0].protocol of w to TCP");
});

test("[DIAG-44] a Job's pods behind a named port are no fault, and the cure narrows the selector", () => {
  const run = lab();
  run(
    'kubectl run web --image=nginx --port=80 --labels app=shop,part=web --dry-run=client -o json | sed \'s/"containerPort": 80/"containerPort": 80, "name": "http"/\' | kubectl apply -f -',
  );
  run("kubectl run migrate --image=busybox --labels app=shop --restart=Never -- sleep 600");
  run("kubectl create service clusterip shop --tcp=80:http");
  run("kubectl set selector service shop app=shop; sleep 4");
  expect(run("sim health").text).toBe("nothing is wrong\n");
  const { text } = run("sim health service/shop");
  expect(text).toContain("INFO  Service shop: Pod migrate has no container port named http");
  expect(text).toContain("cure: Add part: web to the selector");
});
