// What clients print and how they end, from laptop, nodes and pods; words measured (docs/semantics.md 4.3, 6.4).
import { describe, expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { createShell, runToEnd } from "./index.ts";

/** What each line prints, with its exit status behind it when it is not 0. */
function session(...lines: string[]): string[] {
  const cluster = createCluster({ seed: "clients", settings: SHELL_SETTINGS });
  cluster.advance(1_500);
  const shell = createShell({ cluster });
  return lines.map((line) => {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    const code = runToEnd(cluster, shell, line, { out: write, err: write });
    cluster.advance(500);
    return code === 0 ? text : `${text}[rc=${code}]`;
  });
}

const IP = "10.96.9.9";
const objects = (...list: readonly object[]) =>
  `kubectl apply -f - <<'EOF'\n${list.map((each) => JSON.stringify(each)).join("\n---\n")}\nEOF`;
const podOf = (name: string, image: string, spec: object = {}, more: object = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, labels: { app: name.replace(/-\d+$/, "") } },
  spec: { nodeName: "node-1", containers: [{ name: "main", image, ...more }], ...spec },
});
const serviceOf = (name: string, spec: object) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});
const SLEEPER = { command: ["sleep", "36000"] };
const WORLD = objects(
  podOf("web-1", "registry.k8s.io/e2e-test-images/agnhost:2.53", {}, { args: ["netexec"] }),
  podOf("web-2", "registry.k8s.io/e2e-test-images/agnhost:2.53", { nodeName: "node-2" }, { args: ["netexec"] }),
  podOf("box", "busybox:1.37", {}, SLEEPER),
  podOf("old", "busybox:1.28", {}, SLEEPER),
  podOf("tools", "registry.k8s.io/e2e-test-images/jessie-dnsutils:1.7", {}, SLEEPER),
  serviceOf("web", { clusterIP: IP, type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }),
  serviceOf("dgram", {
    clusterIP: "10.96.9.10",
    selector: { app: "web" },
    type: "NodePort",
    ports: [{ port: 90, targetPort: 8081, protocol: "UDP", nodePort: 30090 }],
  }),
  serviceOf("none", { clusterIP: "10.96.9.11", type: "NodePort", ports: [{ port: 80, nodePort: 30081 }] }),
);
const on = (...lines: string[]) => session(WORLD, "sleep 2", ...lines).slice(2);
const box = (line: string) => `kubectl exec box -- ${line}`;
const tools = (line: string) => `kubectl exec tools -- ${line}`;
const EXEC = (code: number) => `command terminated with exit code ${code}\n[rc=${code}]`;

describe("[SHELL-4] curl", () => {
  test("says of each failure what curl 8 says, with its exit status", () => {
    const out = on(
      "curl http://192.168.1.11:30081",
      "curl -s http://192.168.1.11:30081",
      "curl -sS -m 2 http://10.96.9.9",
      "curl -sS --connect-timeout 2 http://10.244.1.2:8080",
      "curl -sS http://nope",
      "curl -sS http://192.168.1.99",
      "curl -sS 'http://'",
      "curl -sS gopher://x",
      "curl -sf http://192.168.1.11:30080/nothing",
      "curl -Sf http://192.168.1.11:30080/nothing",
      "curl -sS --interface 1.2.3.4 http://192.168.1.11:30080",
      "curl --frob http://x",
    );
    expect(out).toEqual([
      "curl: (7) Failed to connect to 192.168.1.11:30081 after 0 ms: Could not connect to server\n[rc=7]",
      "[rc=7]",
      "curl: (28) Connection timed out after 2000 milliseconds\n[rc=28]",
      "curl: (28) Connection timed out after 2000 milliseconds\n[rc=28]",
      "curl: (6) Could not resolve host: nope\n[rc=6]",
      "curl: (7) Failed to connect to 192.168.1.99:80 after 3000 ms: Could not connect to server\n[rc=7]",
      "curl: (3) URL rejected: Malformed input to a URL function\n[rc=3]",
      'curl: (1) Protocol "gopher" not supported\n[rc=1]',
      "[rc=22]",
      "curl: (22) The requested URL returned error: 404\n[rc=22]",
      "curl: (45) bind failed with errno 99: Cannot assign requested address\n[rc=45]",
      "curl: option --frob: is not simulated here, or unknown\ncurl: try 'curl --help' for more information\n[rc=2]",
    ]);
  });

  test("-v shows a refused and of a reused connection", () => {
    const [refused = "", twice = ""] = on(
      "curl -sv http://192.168.1.11:30081",
      "curl -sv http://192.168.1.11:30080/[1-2]",
    );
    expect(refused).toMatch(
      /^\* {3}Trying 192\.168\.1\.11:30081\.\.\.\n\* connect to 192\.168\.1\.11 port 30081 from 192\.168\.1\.10 port \d+ failed: Connection refused\n\* Failed to connect to 192\.168\.1\.11:30081 after 0 ms: Could not connect to server\n\* closing connection #0\n\[rc=7\]$/,
    );
    expect(twice.match(/Trying/g)).toHaveLength(1);
    expect(twice).toContain("* Reusing existing http: connection with host 192.168.1.11\n> GET /2 HTTP/1.1\n");
    expect(twice.match(/Connection #0 to host 192\.168\.1\.11:30080 left intact/g)).toHaveLength(2);
  });

  test("[SHELL-11] URLs of one command share a connection and so an endpoint; those of several commands do not", () => {
    const url = "http://192.168.1.11:30080/hostname";
    const [one = "", closing = "", ports = ""] = on(
      `curl -s ${url}?[1-30] -w ' '`,
      `curl -s -H 'Connection: close' ${url}?[1-30] -w ' '`,
      `curl -s -o /dev/null -w '%{local_port} %{num_connects}\\n' ${url} -o /dev/null ${url}`,
    );
    expect(new Set(one.trim().split(" ")).size).toBe(1);
    expect(one.trim().split(" ")).toHaveLength(30);
    expect(new Set(closing.trim().split(" "))).toEqual(new Set(["web-1", "web-2"]));
    const [a = "", b = ""] = ports.split("\n");
    expect(a.split(" ")[0]).toBe(b.split(" ")[0]);
    expect([a.split(" ")[1], b.split(" ")[1]]).toEqual(["1", "0"]);
  });

  test("globs, outputs, data, headers and the variables of -w", () => {
    const out = on(
      "curl -s 'http://192.168.1.11:30080/echo?msg={a,b}[01-03]&code=200'",
      "curl -s 'http://192.168.1.11:30080/[3-1]'",
      "curl -s -o one -o two http://192.168.1.11:30080/echo?msg=1 http://192.168.1.11:30080/echo?msg=2; cat two one",
      "curl -s -G -d msg=hi -d code=202 -w ' %{http_code} %{method} %{content_type} %{size_download}' http://192.168.1.11:30080/echo",
      "curl -s -o /dev/null -w '%{remote_ip}:%{remote_port} %{local_ip} %{exitcode} %{errormsg} %{nope}' http://192.168.1.11:30081",
      "curl -s --resolve web.test:30080:192.168.1.12 -w ' %{remote_ip}' http://web.test:30080/echo?msg=resolved",
      "curl -s -I http://192.168.1.11:30080/ | head -n 1",
      "curl -s -w '%{time_total}' -o /dev/null http://192.168.1.11:30080/",
    );
    expect(out).toEqual([
      "a01a02a03b01b02b03",
      "curl: (3) bad range in URL position 28:\nhttp://192.168.1.11:30080/[3-1]\n[rc=3]",
      "21",
      "hi 202 GET text/plain; charset=utf-8 2",
      "curl: unknown --write-out variable: 'nope'\n192.168.1.11:30081 192.168.1.10 7 Failed to connect to 192.168.1.11:30081 after 0 ms: Could not connect to server [rc=7]",
      "resolved 192.168.1.12",
      "HTTP/1.1 200 OK\r\n",
      "0.000000",
    ]);
  });

  test("--retry continues with what may go better", () => {
    const [refused = "", later = ""] = on(
      "curl -S --retry 2 --retry-connrefused http://192.168.1.11:30081",
      "(sleep 2; kubectl label pod box app=x >/dev/null) & curl -sS --retry 3 -m 1 http://10.96.9.9",
    );
    expect(
      refused.match(/^Warning: Problem: connection refused\. Will retry in [12] seconds?\. [12] retr(y|ies) left\.$/gm),
    ).toHaveLength(2);
    expect(refused).toMatch(/after 0 ms: Could not connect to server\n\[rc=7\]$/);
    expect(later).toContain("curl: (28) Connection timed out after 1000 milliseconds");
  });
});

describe("[SHELL-4] DNS tools", () => {
  test("busybox nslookup takes a dotted name as it is and asks every suffix for one without a dot", () => {
    const out = on(box("nslookup web"), box("nslookup web.default"), box("nslookup web.default.svc.cluster.local"));
    const head = "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n";
    const none = (name: string) => `** server can't find ${name}: NXDOMAIN\n\n`;
    const found = "Name:\tweb.default.svc.cluster.local\nAddress: 10.96.9.9\n\n";
    const missing = none("web.svc.cluster.local") + none("web.cluster.local");
    expect(out).toEqual([
      `${head}${found}${missing}\n${missing}${EXEC(1)}`,
      `${head}${none("web.default")}${none("web.default")}${EXEC(1)}`,
      `${head}${found}\n`,
    ]);
  });

  test("BIND's nslookup follows the search list; busybox 1.28 names what it finds", () => {
    const out = on(
      tools("nslookup web.default"),
      tools("nslookup nope"),
      tools("nslookup default.svc.cluster.local"),
      tools(`nslookup ${IP}`),
      "kubectl exec old -- nslookup web",
      "kubectl exec old -- nslookup nope",
    );
    const head = "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n";
    const old = "Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\n";
    expect(out).toEqual([
      `${head}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.9.9\n\n`,
      `${head}** server can't find nope: NXDOMAIN\n\n${EXEC(1)}`,
      `${head}*** Can't find default.svc.cluster.local: No answer\n\n`,
      "9.9.96.10.in-addr.arpa\tname = web.default.svc.cluster.local.\n\n",
      `${old}Name:      web\nAddress 1: 10.96.9.9 web.default.svc.cluster.local\n`,
      `${old}nslookup: can't resolve 'nope'\n${EXEC(1)}`,
    ]);
  });

  test("they ask by packets: a stopped CoreDNS gives no answer, and the laptop has no way to its cluster IP", () => {
    const out = on(
      tools("dig +short web.default.svc.cluster.local"),
      "ssh node-1 dig @10.96.0.10 +short web.default.svc.cluster.local",
      "dig @10.96.0.10 +short +tries=1 +time=1 web.default.svc.cluster.local",
      "kubectl -n kube-system scale deployment coredns --replicas=0 && sleep 40",
      tools("dig +short +tries=2 web.default.svc.cluster.local"),
      tools("nslookup web"),
      box("nslookup web"),
    );
    const refused = ";; communications error to 10.96.0.10#53: connection refused\n";
    expect(out).toEqual([
      "10.96.9.9\n",
      "10.96.9.9\n",
      ";; communications error to 10.96.0.10#53: timed out\n;; no servers could be reached\n[rc=9]",
      "deployment.apps/coredns scaled\n",
      `${refused.repeat(2)};; no servers could be reached\n${EXEC(9)}`,
      `${refused.repeat(3)};; no servers could be reached\n\n${EXEC(1)}`,
      `;; connection timed out; no servers could be reached\n\n${EXEC(1)}`,
    ]);
  });

  test("dig prints as dig does, with tabs at its columns", () => {
    const [whole = "", searched = ""] = on(
      tools("dig web.default.svc.cluster.local"),
      tools("dig +search +noall +answer web"),
    );
    expect(whole).toContain(";; WARNING: .local is reserved for Multicast DNS\n");
    expect(whole).toContain(";; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0\n");
    expect(whole).toContain("\n;web.default.svc.cluster.local.\tIN\tA\n");
    expect(whole).toContain("\nweb.default.svc.cluster.local. 30 IN\tA\t10.96.9.9\n");
    expect(searched).toBe("web.default.svc.cluster.local. 30 IN\tA\t10.96.9.9\n");
  });

  test("getent and host", () => {
    expect(on(tools("getent hosts web"), tools("getent hosts nope"), tools("host web"), tools("host nope"))).toEqual([
      "10.96.9.9       web.default.svc.cluster.local\n",
      EXEC(2),
      "web.default.svc.cluster.local has address 10.96.9.9\n",
      `Host nope not found: 3(NXDOMAIN)\n${EXEC(1)}`,
    ]);
  });
});

describe("[SHELL-4] small clients", () => {
  test("nc -zv, as busybox and as OpenBSD say it", () => {
    expect(
      on(
        box("nc -zv web 80"),
        box("nc -zv none 80"),
        box("nc -zv -w 2 web 81"),
        box("nc -zv nope 80"),
        "nc -zv 192.168.1.11 30080",
        "nc -zv 192.168.1.11 30081",
        "nc -zv -w 2 10.96.9.9 80",
        "nc -zv nope 80",
        "nc -zuv 192.168.1.11 30090",
      ),
    ).toEqual([
      "web (10.96.9.9:80) open\n",
      `nc: none (10.96.9.11:80): Connection refused\n${EXEC(1)}`,
      `nc: web (10.96.9.9:81): Operation timed out\n${EXEC(1)}`,
      `nc: bad address 'nope'\n${EXEC(1)}`,
      "Connection to 192.168.1.11 30080 port [tcp/*] succeeded!\n",
      "nc: connect to 192.168.1.11 port 30081 (tcp) failed: Connection refused\n[rc=1]",
      "nc: connect to 10.96.9.9 port 80 (tcp) timed out: Operation now in progress\n[rc=1]",
      'nc: getaddrinfo for host "nope" port 80: Name or service not known\n[rc=1]',
      "Connection to 192.168.1.11 30090 port [udp/*] succeeded!\n",
    ]);
  });

  test("nc carries text over UDP and TCP", () => {
    const out = on(
      "echo 'echo hello' | nc -u -w 1 192.168.1.12 30090",
      "echo clientip | nc -u -w1 192.168.1.12 30090",
      box("sh -c 'echo hostname | nc -u -w1 dgram 90'"),
      "echo x | nc -u -w1 192.168.1.12 30099",
      "nc 192.168.1.11 30080 <<EOF\nGET /echo?msg=raw HTTP/1.1\nHost: x\n\nEOF",
    );
    expect(out[0]).toBe("hello");
    expect(out[1]).toMatch(/^192\.168\.1\.12:\d+$/);
    expect(out[2]).toMatch(/^web-[12]$/);
    expect(out[3]).toBe("[rc=1]");
    expect(out[4]).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nraw$/);
  });

  test("ping is answered by machines and pods, by no cluster IP, and in each flavour's words", () => {
    const out = on(
      box("ping -c 2 -W 1 web"),
      "ping -c 2 192.168.1.11",
      "ping -c 1 -W 1 10.244.1.2",
      "ping -c 1 192.168.1.99",
      box("ping -c 1 nope"),
      "ping -c 1 nope",
    );
    expect(out).toEqual([
      `PING web (10.96.9.9): 56 data bytes\n\n--- web ping statistics ---\n2 packets transmitted, 0 packets received, 100% packet loss\n${EXEC(1)}`,
      "PING 192.168.1.11 (192.168.1.11) 56(84) bytes of data.\n64 bytes from 192.168.1.11: icmp_seq=1 ttl=64 time=0.000 ms\n64 bytes from 192.168.1.11: icmp_seq=2 ttl=64 time=0.000 ms\n\n--- 192.168.1.11 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time 1000ms\nrtt min/avg/max/mdev = 0.000/0.000/0.000/0.000 ms\n",
      "PING 10.244.1.2 (10.244.1.2) 56(84) bytes of data.\n\n--- 10.244.1.2 ping statistics ---\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n\n[rc=1]",
      "PING 192.168.1.99 (192.168.1.99) 56(84) bytes of data.\nFrom 192.168.1.10 icmp_seq=1 Destination Host Unreachable\n\n--- 192.168.1.99 ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n\n[rc=1]",
      `ping: bad address 'nope'\n${EXEC(1)}`,
      "ping: nope: Name or service not known\n[rc=2]",
    ]);
  });

  test("busybox wget and telnet", () => {
    expect(
      on(
        box("wget -qO- -T 2 'http://web/echo?msg=hi'"),
        box("wget -O- 'http://web/echo?msg=hi'"),
        box("wget -qO- -T 2 http://web:81"),
        box("wget -qO- http://none"),
        box("wget -qO- http://nope"),
        box("wget --spider http://web/gone"),
        box("telnet none 80"),
        box("telnet web 80"),
      ),
    ).toEqual([
      "hi",
      `Connecting to web (10.96.9.9:80)\nwriting to stdout\nhi${"-".padEnd(20)} 100% |${"*".repeat(32)}|     2  0:00:00 ETA\nwritten to stdout\n`,
      `wget: download timed out\n${EXEC(1)}`,
      `wget: can't connect to remote host (10.96.9.11): Connection refused\n${EXEC(1)}`,
      `wget: bad address 'nope'\n${EXEC(1)}`,
      `Connecting to web (10.96.9.9:80)\nwget: server returned error: HTTP/1.1 404 Not Found\n${EXEC(1)}`,
      `telnet: can't connect to remote host (10.96.9.11): Connection refused\n${EXEC(1)}`,
      `Connected to web\nConnection closed by foreign host\n${EXEC(1)}`,
    ]);
  });
});

test("sim traffic --keep-alive stays with one pod, UDP reaches a UDP port, and each says so", () => {
  const out = on(
    "sim traffic --rate 10 --keep-alive http://192.168.1.11:30080",
    "sleep 3",
    "sim traffic stop",
    "sim traffic --rate 10 --protocol udp http://192.168.1.11:30090 && sleep 3",
    "sim traffic stop",
  );
  expect(out).toEqual([
    "traffic 1 started: 10 requests per second to http://192.168.1.11:30080 over one connection\n",
    "",
    "traffic 1 stopped\n",
    "traffic 2 started: 10 requests per second to http://192.168.1.11:30090\n",
    "traffic 2 stopped\n",
  ]);
});

test("ss and netstat list the sockets that are open, with the address they are bound to, and no node port", () => {
  const [pod = "", node = "", small = ""] = on(
    `${tools("true")}; kubectl apply -f - <<EOF\n${JSON.stringify(podOf("lo", "nicolaka/netshoot", {}, { command: ["python3", "-m", "http.server", "8080", "--bind", "127.0.0.1"] }))}\nEOF\nsleep 2; kubectl exec lo -- ss -ltn`,
    "ssh node-1 ss -ltn",
    "kubectl exec lo -- netstat -ltn",
  );
  expect(pod).toContain("LISTEN  0       511          127.0.0.1:8080   0.0.0.0:*\n");
  expect(node).toContain(":10256");
  expect(node).not.toContain("30080");
  expect(small).toContain("tcp        0      0 127.0.0.1:8080          0.0.0.0:*               LISTEN\n");
});
