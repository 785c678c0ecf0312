// The console language, on the real engine.
import { describe, expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { createShell, runToEnd } from "./index.ts";

function session(...lines: string[]): string {
  const cluster = createCluster({ seed: "1", settings: SHELL_SETTINGS });
  cluster.advance(1_500);
  const shell = createShell({ cluster });
  let text = "";
  const write = (part: string) => {
    text += part;
  };
  for (const line of lines) {
    const code = runToEnd(cluster, shell, line, { out: write, err: write });
    if (code !== 0) text += `[exit ${code}]\n`;
  }
  return text;
}

test.each([
  ["echo 'a  b' \"c\" d\\ e", "a  b c d e\n"],
  ["false || echo one; true && echo two", "one\ntwo\n"],
  ["X=1; echo $X '$X' \"$X$X\"", "1 $X 11\n"],
  ["printf '%s-%d\\n' a 1 b 2", "a-1\nb-2\n"],
  [`S=service/web; echo \${S#service/} $((2 + 3)) web{1..3}`, "web 5 web1 web2 web3\n"],
  ["f() { echo \"$# $1\"; }; f 'a b' c", "2 a b\n"],
  ["export do='--dry-run=client -o yaml'; echo \"$do\"", "--dry-run=client -o yaml\n"],
  ["for i in 1 2; do echo $i; done > list.txt; cat list.txt", "1\n2\n"],
  ["case abc in a*) echo yes ;; esac", "yes\n"],
  ["for i in 1 2; do echo n$i; done", "n1\nn2\n"],
  ["echo $(echo inner)", "inner\n"],
  ["cat <<EOF > f\na\nb\nEOF\ngrep b f | wc -l", "1\n"],
  ["seq 3 | sed 's/2/two/' | tail -n 2", "two\n3\n"],
  ["seq 3 | awk 'NR>1 {print $1, \"x\"}'", "2 x\n3 x\n"],
  ["echo '{\"a\":[{\"b\":1}]}' | jq -c '.a[].b'", "1\n"],
  ["[ a = a ] && [ -n x ] && [ ! 1 -gt 2 ] && [ -z '' -a 3 -le 3 ] && echo all", "all\n"],
  ["if [ -f none ]; then echo there; else echo absent; fi", "absent\n"],
  ["test one -eq 1", "bash: test: one: integer expression expected\n[exit 2]"],
  ["[ 1 = 1", "bash: [: missing `]'\n[exit 2]"],
  ["# only a comment", ""],
])("[SHELL-1] %s", (line, expected) => {
  expect(session(line)).toContain(expected);
  if (expected === "") expect(session(line)).toBe("");
});

test("[SHELL-2] a text is incomplete while a quote, a here-document or a loop is open", () => {
  const shell = createShell({ cluster: createCluster({ seed: "1" }) });
  for (const text of ["echo 'a", "cat <<EOF\nx", "for i in 1; do", "a |", "a &&", "echo \\"])
    expect([text, shell.isIncomplete(text)]).toEqual([text, true]);
  for (const text of ["echo a", "cat <<EOF\nx\nEOF", "for i in 1; do echo; done", ")"])
    expect([text, shell.isIncomplete(text)]).toEqual([text, false]);
});

test("[SHELL-3] a loop in which no virtual time passes is stopped", () => {
  expect(session("while true; do true; done")).toMatch(/was stopped/);
});

test("[SHELL-4] a Service answers from the laptop, from a pod and from a node", () => {
  const output = session(
    "kubectl create deployment web --image=nginx --port=80",
    "kubectl expose deployment web --port=80 --type=NodePort",
    "kubectl rollout status deployment/web",
    "NP=$(kubectl get svc web -o jsonpath='{.spec.ports[0].nodePort}')",
    "curl -s -o /dev/null -w '%{http_code}\\n' http://192.168.1.11:$NP",
    "kubectl run t --image=busybox --restart=Never --rm -it -- wget -qO- -T 2 http://web > out; wc -l < out",
    "ssh node-2 curl -sS -m 2 http://192.168.1.11:1",
    "kubectl exec deploy/web -- curl -sS http://nope",
  );
  expect(output).toContain("service/web exposed\n");
  expect(output).toMatch(/^200$/m);
  expect(output).toMatch(
    /curl: \(7\) Failed to connect to 192\.168\.1\.11:1 after \d+ ms: Could not connect to server\n\[exit 7\]/,
  );
  expect(output).toContain("curl: (6) Could not resolve host: nope\ncommand terminated with exit code 6\n[exit 6]");
});

test("[SHELL-5] the same lines give the same output on every run", () => {
  const lines = ["kubectl create deployment web --image=nginx --replicas=3", "kubectl get pods -o wide"];
  expect(session(...lines)).toBe(session(...lines));
});

test("[SHELL-6] what is not simulated says so and fails", () => {
  expect(session("vim x")).toContain("bash: vim: command not found\n");
  expect(session("vim x")).toContain("[exit 127]");
  expect(session("watch kubectl get pods")).toContain("not simulated");
  expect(session("kubectl gte")).toBe(
    'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n[exit 1]\n',
  );
});

describe("[SHELL-3] an endless loop takes virtual time, and Ctrl-C ends it", () => {
  test.each([
    "while true; do true; done",
    "while true; do while true; do :; done; done",
    "while true; do kubectl get pods > /dev/null; done",
    "sh -c 'while true; do true; done'",
  ])("%s", (line) => {
    const cluster = createCluster({ seed: "1", settings: SHELL_SETTINGS });
    const silent = { out: () => undefined, err: () => undefined };
    const process = createShell({ cluster }).start(line, silent);
    cluster.advance(500);
    expect(process.done).toBe(false);
    process.interrupt();
    cluster.advance(500);
    expect(process.exitCode).toBe(130);
  });
});

test("[SHELL-3] a loop that fills the memory ends with a message", () => {
  expect(session("X=abcdefghij; while true; do X=$X$X$X$X$X$X$X$X; done")).toMatch(
    /bash: X: a value of more than \d+ characters is not kept here\n\[exit 1\]/,
  );
});

test("[SHELL-3] a short script takes no time", () => {
  expect(
    session(
      "sim status > a; for i in $(seq 90); do echo $i > /dev/null; done; sim status > b",
      "grep time a > c",
      "grep time b > d",
      "cat c d | uniq | wc -l",
    ),
  ).toContain("1\n");
});

test("[SHELL-8] a certificate for another name ends curl with 60, and -k does not look at it", () => {
  const output = session(
    "kubectl create service externalname pay --external-name=gateway.payments.example",
    "kubectl run client --image=curlimages/curl --command -- sleep 3600",
    "kubectl wait --for=condition=Ready pod/client",
    "kubectl exec client -- curl -s -o /dev/null -w '%{http_code}\\n' -k https://pay",
    "kubectl exec client -- curl -s -H 'Host: gateway.payments.example' http://pay",
    "kubectl exec client -- curl -sS https://pay",
  );
  expect(output).toContain("condition met\n404\ngateway.payments.example at 198.51.100.");
  expect(output).toContain(
    "curl: (60) SSL: no alternative certificate subject name matches target host name 'pay'\nMore details here: https://curl.se/docs/sslcerts.html\n",
  );
  expect(output).toContain("command terminated with exit code 60");
});
