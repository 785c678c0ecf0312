// What normalising must hide, and what it must not.
import { expect, test } from "vitest";
import { normalize as n } from "./normalize.mjs";

const same = (a: string, b: string) => expect(n(a)).toBe(n(b));
const differ = (a: string, b: string) => expect(n(a)).not.toBe(n(b));
const t = (cmd: string, ...out: string[]) => `${[`$ ${cmd}`, ...out].join("\n")}\n`;

test("ages and widths", () =>
  same(t("kubectl get svc", "NAME   AGE", "shop   3s"), t("kubectl get svc", "NAME   AGE", "shop   10m")));
test("age must look like one", () =>
  differ(t("kubectl get svc", "NAME   AGE", "shop   3s"), t("kubectl get svc", "NAME   AGE", "shop   soon")));
test("durations outside tables stay", () =>
  differ(t("kubectl describe pod x", "timeout=1s"), t("kubectl describe pod x", "timeout=2s")));
test("allocated cluster ip", () => same(t("kubectl get svc x", "10.96.7.7"), t("kubectl get svc x", "10.96.200.1")));
test("pinned cluster ip", () =>
  differ(
    t("kubectl create service clusterip x --clusterip=10.96.7.7", "10.96.7.7"),
    t("kubectl create service clusterip x --clusterip=10.96.7.7", "10.96.200.1"),
  ));
test("same allocated address stays the same", () =>
  differ(t("kubectl get svc", "10.96.7.7 10.96.7.7"), t("kubectl get svc", "10.96.7.7 10.96.7.8")));
test("allocated node port", () => same(t("kubectl get svc", "80:30100/TCP"), t("kubectl get svc", "80:32100/TCP")));
test("node port out of range is seen", () =>
  differ(t("kubectl get svc", "80:30100/TCP"), t("kubectl get svc", "80:33100/TCP")));
test("pinned node port", () =>
  differ(
    t("kubectl create service nodeport x --node-port=30100", "80:30100/TCP"),
    t("kubectl create service nodeport x --node-port=30100", "80:32100/TCP"),
  ));
test("range text", () => expect(n(t("kubectl x", "valid ports is 30000-32767"))).toMatch(/30000-32767/));
test("suffixes", () =>
  same(t("kubectl get pods", "pod/web-6d4cf56db6-x7k2p"), t("kubectl get pods", "pod/web-577847995c-bcdfg")));
test("typed words are no suffix", () =>
  differ(t("kubectl get svc web-https", "service/web-https"), t("kubectl get svc web-https", "service/web-httpp")));
test("vowels are no suffix", () => expect(n(t("kubectl get pods", "pod/web-front"))).toMatch(/web-front/));
test("order of endpoints", () =>
  same(
    t("kubectl describe svc x", "Endpoints:   10.244.1.2:80,10.244.2.2:80"),
    t("kubectl describe svc x", "Endpoints:   10.244.2.2:80,10.244.1.2:80"),
  ));
test("number of endpoints", () =>
  differ(
    t("kubectl describe svc x", "Endpoints:   10.244.1.2:80,10.244.2.2:80"),
    t("kubectl describe svc x", "Endpoints:   10.244.2.2:80"),
  ));
test("port of endpoints", () =>
  differ(
    t("kubectl describe svc x", "Endpoints:   10.244.1.2:80"),
    t("kubectl describe svc x", "Endpoints:   10.244.1.2:8080"),
  ));
test("n more", () =>
  differ(
    t("kubectl describe svc x", "Endpoints:   10.244.1.2:80,10.244.1.3:80,10.244.1.4:80 + 2 more..."),
    t("kubectl describe svc x", "Endpoints:   10.244.1.2:80,10.244.1.3:80,10.244.1.4:80 + 3 more..."),
  ));
test("node of a pinned pod", () =>
  differ(
    "$ kubectl apply -f - <<'EOF'\nnodeName: node-1\nEOF\n10.244.1.2\n",
    "$ kubectl apply -f - <<'EOF'\nnodeName: node-1\nEOF\n10.244.2.2\n",
  ));
test("external ip order is compared", () =>
  differ(t("kubectl get svc", "192.168.1.2,192.168.1.1"), t("kubectl get svc", "192.168.1.1,192.168.1.2")));
test("empty cell", () =>
  differ(
    t("kubectl get ing", "NAME   ADDRESS   PORTS", "a                80"),
    t("kubectl get ing", "NAME   ADDRESS   PORTS", "a      80"),
  ));
test("misaligned row", () =>
  differ(
    t("kubectl get svc", "NAME   TYPE   AGE", "shop   X      1s"),
    t("kubectl get svc", "NAME   TYPE   AGE", "shop X 1s"),
  ));
test("exit status", () => differ(t("kubectl x", "error: y", "[exit 1]"), t("kubectl x", "error: y")));
test("blank lines", () => differ(t("kubectl x", "a", "", "b"), t("kubectl x", "a", "b")));
test("order of error lines of one field", () =>
  same(
    t("kubectl x", "* metadata.labels: b", "* metadata.labels: a"),
    t("kubectl x", "* metadata.labels: a", "* metadata.labels: b"),
  ));
test("order of error lines of different fields", () =>
  differ(t("kubectl x", "* spec.a: 1", "* spec.b: 2"), t("kubectl x", "* spec.b: 2", "* spec.a: 1")));
test("waiting lines of a rollout", () =>
  same(
    t("kubectl rollout status deploy/x", 'Waiting for deployment "x" rollout to finish: 0 of 1', "done"),
    t("kubectl rollout status deploy/x", "done"),
  ));
test("here-documents are left alone", () =>
  expect(n("$ kubectl apply -f - <<'EOF'\nip: 10.96.9.9\n$ x\nEOF\nok\n")).toBe(
    "$ kubectl apply -f - <<'EOF'\nip: 10.96.9.9\n$ x\nEOF\nok\n",
  ));
test("empty and CRLF", () => {
  expect(n("")).toBe("\n");
  same("$ a\r\nb\r\n", "$ a\nb\n");
});
