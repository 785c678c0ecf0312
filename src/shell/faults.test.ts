// `sim fail`, `sim restore`, `sim faults`: every fault by its words, and what is said about wrong ones.
import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { completeSim } from "./complete.ts";
import { createShell, runToEnd } from "./index.ts";

function world() {
  const cluster = createCluster({ seed: "faults", settings: SHELL_SETTINGS });
  const shell = createShell({ cluster, files: new Map() });
  const run = (line: string) => {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    runToEnd(cluster, shell, line, { out: write, err: write });
    return text.trimEnd();
  };
  run("kubectl run web --image=nginx --port=80; kubectl create deployment shop --image=nginx --port=80; sleep 3");
  return { cluster, run };
}

test.each([
  ["node/node-1", "", "node/node-1 is down", "node/node-1 is up"],
  ["kubelet/node-1", "", /^The kubelet of node-1 is stopped/, "kubelet/node-1 is restored"],
  ["kube-proxy/node-2", "", /^The kube-proxy of node-2 is stopped/, "kube-proxy/node-2 is restored"],
  ["cordon/node-3", "", /^node-3 is cordoned/, "cordon/node-3 is restored"],
  ["coredns", "", /^CoreDNS is stopped/, "coredns is restored"],
  ["firewall", "", /^A firewall in front of the nodes/, "firewall is restored"],
  ["route", "", /^The laptop has no route to the nodes/, "route laptop is restored"],
  ["route phone", "", /^The phone has no route to the nodes/, "route phone is restored"],
  [
    "network node-2 node-1",
    "",
    /^The pod network between node-2 and node-1 is broken/,
    "network node-1 node-2 is restored",
  ],
  [
    "link laptop node-1",
    "--latency 200 --loss 0.3",
    "The link between laptop and node-1 takes 200 ms longer and loses 30 % of all packets.",
    "link laptop node-1 is restored",
  ],
  [
    "link node-1 node-2",
    "--loss=5%",
    "The link between node-1 and node-2 loses 5 % of all packets.",
    "link node-1 node-2 is restored",
  ],
  ["pod/web", "--readiness", "pod/web fails its readiness probe", "pod/web answers its readiness probe again"],
  [
    "pod/web",
    "--listen 127.0.0.1",
    "The program in pod web listens on 127.0.0.1 only.",
    "pod/default/web --listen is restored",
  ],
  [
    "pod/web",
    "--port 9000",
    "The program in pod web listens on port 9000 instead of its own.",
    "pod/default/web --listen is restored",
  ],
  [
    "pod/default/web",
    "--listen 127.0.0.1:9000",
    "The program in pod web listens on 127.0.0.1:9000 only.",
    "pod/default/web --listen is restored",
  ],
  [
    "deployment/shop",
    "--slow-start 10",
    "Programs of deployment shop open their ports 10 s after they start.",
    "deployment/default/shop --slow-start is restored",
  ],
  [
    "deploy/shop",
    "--slow-shutdown 20s",
    "Programs of deployment shop keep running for 20 s after SIGTERM.",
    "deployment/default/shop --slow-shutdown is restored",
  ],
])("[SHELL-9] sim fail %s %s, and its undo as sim faults gives it", (what, how, failed, restored) => {
  const { run, cluster } = world();
  expect(run("sim faults")).toBe("nothing is broken");
  expect(run(`sim fail ${what} ${how}`)).toMatch(failed);
  const undo = run("sim faults").split("\n  undo: ")[1] ?? "";
  expect(undo).toMatch(/^sim restore /);
  expect(run("sim status")).toContain(`faults       1 (see sim faults): ${undo.replace("sim restore ", "")}`);
  expect(run(undo)).toBe(restored);
  expect(cluster.faults.list()).toEqual([]);
  run(`sim fail ${what} ${how}`);
  expect(run(`sim restore ${what}`)).toBe(restored);
  expect(run("sim status")).toContain("faults       none");
});

test("[SHELL-9] a pod crashes and comes back by itself; restoring all mends everything", () => {
  const { run, cluster } = world();
  expect(run("sim fail pod/web; sleep 2; kubectl get pod web --no-headers")).toMatch(
    /^pod\/web crashed\nweb\s.*\s1 \(/,
  );
  run("sim fail firewall; sim fail kubelet/node-1; sim fail pod/web --port 81; sim fail pod/web --readiness");
  expect(cluster.faults.list()).toHaveLength(4);
  expect(run("sim restore pod/web")).toBe(
    "pod/default/web --listen is restored\npod/web answers its readiness probe again",
  );
  expect(run("sim restore all")).toBe("firewall is restored\nkubelet/node-1 is restored");
  expect(run("sim restore all")).toBe("nothing is broken");
});

test.each([
  ["fail", /specify one of: node\/NAME, kubelet\/NODE/],
  ["fail node/node-9", /^sim fail: there is no node "node-9"$/],
  ["fail kubelet/", /^sim fail: there is no node ""$/],
  ["fail earthquake", /^sim fail: there is no "earthquake": specify one of/],
  ["fail pod/nope --listen 127.0.0.1", /^sim fail: there is no "pod\/nope" in namespace default$/],
  ["fail pod/web --listen 10.0.0.1", /--listen must be 127\.0\.0\.1/],
  ["fail pod/web --port 0", /--port must be a number from 1 to 65535/],
  ["fail deployment/shop", /specify --slow-start SECONDS or --slow-shutdown SECONDS/],
  ["fail deployment/shop --slow-start soon", /--slow-start must be a number of seconds/],
  ["fail network node-1", /two places are required, for example network node-1 node-2/],
  ["fail network node-1 laptop", /^sim fail: nodes "laptop" not found$/],
  ["fail link laptop phone --loss 1", /there is no link between laptop and phone/],
  ["fail link laptop node-1", /specify --latency MILLISECONDS, --loss FRACTION or both/],
  ["fail link laptop node-1 --loss 30", /--loss must be the fraction of packets to lose, from 0 to 1/],
  ["fail link laptop node-1 --latency slow", /--latency must be a number of milliseconds/],
  ["fail route desk", /^sim fail: clients "desk" not found$/],
  ["restore firewall", /^sim restore: firewall is not broken$/],
  ["restore deployment/shop", /^sim restore: deployment\/shop is not broken$/],
])("[SHELL-9] sim %s is refused in words", (line, complaint) => {
  const { run } = world();
  expect(run(`sim ${line}`)).toMatch(complaint);
  expect(run(`sim ${line} 2>/dev/null; echo $?`)).toBe("1");
});

test("[SHELL-9] a client says what a broken route does to it, and what it does not", () => {
  const { run } = world();
  run("kubectl expose pod web --type=NodePort --port=80; sleep 1");
  const port = run("kubectl get svc web -o jsonpath='{.spec.ports[0].nodePort}'");
  expect(run(`curl -s -o /dev/null -w '%{http_code}' http://192.168.1.11:${port}`)).toBe("200");
  run("sim fail firewall");
  expect(run(`curl -sS -m 2 http://192.168.1.11:${port}`)).toBe(
    "curl: (28) Connection timed out after 2000 milliseconds",
  );
  expect(run(`ssh node-2 curl -s -o /dev/null -w '%{http_code}' http://192.168.1.11:${port}`)).toBe("200");
  run("sim restore firewall; sim fail route laptop; kubectl port-forward pod/web 8080:80 > /dev/null &");
  expect(run(`curl -sS -m 2 http://192.168.1.11:${port}`)).toMatch(/^curl: \(28\)/);
  expect(run("sleep 1; curl -s -o /dev/null -w '%{http_code}' http://localhost:8080")).toMatch(/200$/);
});

test("[FORWARD-5] a port-forward that runs is lost when the kubelet that carries it stops", () => {
  const { run, cluster } = world();
  const node = cluster.api.get("pods", "default", "web").spec?.nodeName ?? "";
  run("kubectl port-forward pod/web 8080:80 > f 2>&1 &");
  expect(run("sleep 1; curl -s -o /dev/null -w '%{http_code}' http://localhost:8080")).toMatch(/200$/);
  run(`sim fail kubelet/${node}`);
  expect(run("curl -sS http://localhost:8080")).toContain("curl: (52) Empty reply from server");
  expect(run("cat f")).toMatch(/the kubelet of node-\d, which carries .*\nerror: lost connection to pod$/);
});

test("[SHELL-9] the words of faults are completed", () => {
  const { cluster } = world();
  const texts = (line: string) => completeSim(line.split(" "), cluster).map(({ text }) => text);
  expect(texts("f")).toEqual(["fail", "faults"]);
  expect(texts("fail kubelet/")).toEqual(["kubelet/node-1", "kubelet/node-2", "kubelet/node-3"]);
  expect(texts("fail f")).toEqual(["firewall"]);
  expect(texts("fail link lap")).toEqual(["laptop"]);
  expect(texts("fail link laptop node-1 --l")).toEqual(["--latency", "--loss"]);
  expect(texts("fail network ")).toEqual(["node-1", "node-2", "node-3"]);
  expect(texts("fail deployment/")).toEqual(["deployment/shop"]);
  expect(texts("fail pod/web --")).toEqual(["--readiness", "--listen", "--port", "--slow-start", "--slow-shutdown"]);
  expect(texts("restore ")).toEqual([]);
  cluster.faults.apply({ kind: "firewall" });
  cluster.faults.apply({ kind: "pod-network", between: ["node-1", "node-2"] });
  expect(texts("restore ")).toEqual(["firewall", "network node-1 node-2", "all"]);
});
