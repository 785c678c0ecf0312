// What kubectl says to command lines that are wrong or unusual. Outside truth: kubectl 1.31 and 1.33 run against this API server.
import { expect, test } from "vitest";
import { createCluster, RECORDED_SETTINGS } from "../cluster/index.ts";
import { createShell, runToEnd } from "./index.ts";

const WEB = [
  "cat > web.yaml <<'EOF'",
  "apiVersion: v1",
  "kind: Service",
  "metadata: {name: web}",
  "spec: {selector: {app: web}, ports: [{port: 80}]}",
  "EOF",
].join("\n");

function session(lines: readonly string[]): string {
  const cluster = createCluster({ seed: "mistakes", settings: RECORDED_SETTINGS });
  cluster.advance(1_500);
  const shell = createShell({ cluster });
  let text = "";
  let code = 0;
  const write = (part: string) => {
    text += part;
  };
  for (const line of [WEB, ...lines]) {
    text = "";
    code = runToEnd(cluster, shell, line, { out: write, err: write });
  }
  return code === 0 ? text : `${text}[exit ${code}]\n`;
}

const SHOP = "kubectl create deployment shop --image=nginx";
const HELP = (path: string) => `See '${path} -h' for help and examples\n[exit 1]\n`;
const EXPOSE = "kubectl expose deployment shop --port=80 --name=s";

test.each<[lines: string[], expected: string]>([
  [["kubectl create"], "error: must specify one of -f and -k\n[exit 1]\n"],
  [["kubectl create service foo"], `error: unknown command "foo"\n${HELP("kubectl create service")}`],
  [["kubectl create secret foo"], `error: unknown command "foo"\n${HELP("kubectl create secret")}`],
  [["kubectl rollout foo"], `error: unknown command "foo"\n${HELP("kubectl rollout")}`],
  [["kubectl set foo"], `error: unknown command "foo"\n${HELP("kubectl set")}`],
  [["kubectl replace"], "error: must specify one of -f and -k\n[exit 1]\n"],
  [
    ["kubectl replace -f web.yaml --force --dry-run=server"],
    "error: --dry-run can not be used when --force is set\n[exit 1]\n",
  ],
  [
    ["kubectl replace -f web.yaml"],
    'Error from server (NotFound): error when replacing "web.yaml": services "web" not found\n[exit 1]\n',
  ],
  [["kubectl run"], 'error: required flag(s) "image" not set\n[exit 1]\n'],
  [["kubectl run a --image="], "error: --image is required\n[exit 1]\n"],
  [['kubectl run a --image="A B"'], 'error: Invalid image name "A B": invalid reference format\n[exit 1]\n'],
  [["kubectl run a --image=NGINX"], 'error: Invalid image name "NGINX": invalid reference format\n[exit 1]\n'],
  [["kubectl run a --image=r.example.com:5000/team/web:1.2"], "pod/a created\n"],
  [
    ["kubectl run a --image=nginx --expose"],
    `error: --port must be set when exposing a service\n${HELP("kubectl run")}`,
  ],
  [
    ["kubectl run a --image=nginx --rm"],
    `error: --rm should only be used for attached containers\n${HELP("kubectl run")}`,
  ],
  [
    ["kubectl run a --image=nginx --restart=Sometimes"],
    `error: invalid restart policy: Sometimes\n${HELP("kubectl run")}`,
  ],
  [["kubectl run a --image=nginx --labels=foo"], "error: unexpected label spec: foo\n[exit 1]\n"],
  [[SHOP, `${EXPOSE} --selector=a=b`, "kubectl get svc s -o jsonpath='{.spec.selector}'"], '{"a":"b"}'],
  [[SHOP, `${EXPOSE} --labels=c=d`, "kubectl get svc s -o jsonpath='{.metadata.labels}'"], '{"c":"d"}'],
  [[SHOP, "kubectl rollout status deploy"], 'deployment "shop" successfully rolled out\n'],
  [["kubectl rollout status deploy"], "No resources found in default namespace.\n"],
  [[SHOP, "kubectl rollout restart deploy"], "deployment.apps/shop restarted\n"],
  [
    ["kubectl delete svc --all -l app=web"],
    "error: setting 'all' parameter but found a non empty selector. \n[exit 1]\n",
  ],
  [
    ["kubectl apply -f web.yaml", "kubectl set image svc/web a=b"],
    "error: services/web the object is not a pod or does not have a pod template: *v1.Service\n[exit 1]\n",
  ],
  [
    [
      "kubectl apply -f web.yaml",
      "kubectl apply -f web.yaml --dry-run=client -o jsonpath='{.spec.ipFamilies[0]} {.spec.ports[0].targetPort}'",
    ],
    "IPv4 80",
  ],
  [["kubectl apply -f web.yaml --dry-run=client -o jsonpath='{.spec.ipFamilies}'"], ""],
  [["kubectl get svc -f nofile.yaml"], 'error: the path "nofile.yaml" does not exist\n[exit 1]\n'],
  [["sed s/80/81/ web.yaml > web2.yaml", "grep -c 'port: 81' web2.yaml"], "1\n"],
  [["sed s/a/b/ nofile.yaml"], "sed: nofile.yaml: No such file or directory\n[exit 1]\n"],
  [
    ["kubectl cluster-info dump | grep -m 1 service-cluster-ip-range"],
    '        "--service-cluster-ip-range=10.96.0.0/16",\n',
  ],
  [
    ["kubectl cluster-info dump | grep -m 1 service-cluster-ip-range | sed 's/.*range=\\(.*\\)\",/\\1/'"],
    "10.96.0.0/16\n",
  ],
])("[KUBECTL-MISTAKES] %s", (lines, expected) => {
  expect(session(lines)).toBe(expected);
});
