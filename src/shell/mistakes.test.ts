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
  [["sed s/a/b/ nofile.yaml"], "sed: can't read nofile.yaml: No such file or directory\n[exit 2]\n"],
  [
    ["kubectl cluster-info dump | grep -m 1 service-cluster-ip-range"],
    '        "--service-cluster-ip-range=10.96.0.0/16",\n',
  ],
  [
    ["kubectl cluster-info dump | grep -m 1 service-cluster-ip-range | sed 's/.*range=\\(.*\\)\",/\\1/'"],
    "10.96.0.0/16\n",
  ],
  [
    ["kubectl describe"],
    'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n[exit 1]\n',
  ],
  [
    ["kubectl explain"],
    'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n[exit 1]\n',
  ],
  [["kubectl exec"], "error: pod, type/name or --filename must be specified\n[exit 1]\n"],
  [["kubectl exec a"], "error: you must specify at least one command for the container\n[exit 1]\n"],
  [
    ["kubectl get svc --output-watch-events"],
    "error: --output-watch-events option can only be used with --watch or --watch-only\n[exit 1]\n",
  ],
  [
    ["kubectl get svc --subresource=foo"],
    'error: invalid subresource value: "foo". Must be one of [status scale resize]\n[exit 1]\n',
  ],
  [["kubectl run a --image=nginx --expose --port=80"], "service/a created\npod/a created\n"],
  [
    [
      "kubectl run a --image=nginx --expose --port=80 --labels=c=d",
      "kubectl get svc a -o jsonpath='{.metadata.labels} {.spec.selector}'",
    ],
    '{"c":"d"} {"c":"d"}',
  ],
  [
    [
      "kubectl run a --image=nginx --expose --port=80",
      "kubectl get svc a -o jsonpath='{.metadata.labels} {.spec.selector}'",
    ],
    ' {"run":"a"}',
  ],
  [
    ["kubectl apply -f web.yaml", "kubectl run web --image=nginx --expose --port=80"],
    'pod/web created\nError from server (AlreadyExists): services "web" already exists\n[exit 1]\n',
  ],
  [["kubectl taint nodes node-1 a=b:Foo"], "error: invalid taint effect: Foo, unsupported taint effect\n[exit 1]\n"],
  [
    ["kubectl create cm c --from-literal=a=1 --from-literal=a=2"],
    'error: cannot add key "a", another key by that name already exists in Data for ConfigMap "c"\n[exit 1]\n',
  ],
  [
    ["kubectl create secret generic c --from-literal=a=1 --from-literal=a=2"],
    "error: cannot add key a, another key by that name already exists\n[exit 1]\n",
  ],
  [["kubectl create secret tls c"], "error: key and cert must be specified\n[exit 1]\n"],
  [["kubectl create service clusterip x --tcp=80:70000"], "error: must be between 1 and 65535, inclusive\n[exit 1]\n"],
  [
    [
      "kubectl create ingress i --rule=/=web:80,tls --rule=b.example.com/=web:80,tls=s",
      "kubectl get ingress i -o jsonpath='{.spec.tls}'",
    ],
    '[{"hosts":["b.example.com"],"secretName":"s"}]',
  ],
  [["kubectl create ingress i --rule=/=web:80,tls"], "ingress.networking.k8s.io/i created\n"],
  [[SHOP, "kubectl set env deployment/shop"], ""],
  [
    [SHOP, "kubectl set env deployment/shop A=b", "kubectl set env deployment/shop --list"],
    "# Deployment shop, container nginx\nA=b\n",
  ],
  [
    [SHOP, "kubectl set resources deployment/shop --limits=cpu"],
    "error: Invalid argument syntax cpu, expected <resource>=<value>\n[exit 1]\n",
  ],
  [
    ["kubectl apply -f web.yaml", "kubectl get svc web -o jsonpath=\"{['metadata.name', 'spec.type']}\""],
    "web ClusterIP",
  ],
  [
    [
      "kubectl apply -f web.yaml",
      `kubectl patch svc web --dry-run=client -p '{"spec":{"ports":[{"port":81}]}}' -o jsonpath='{.spec.ports[?(@.port==81)]}'`,
    ],
    '{"port":81}',
  ],
  [
    ["kubectl apply -f web.yaml", `kubectl patch svc web --dry-run=client -p '{"spec":{"ports":[{"port":80}]}}'`],
    "service/web patched (no change)\n",
  ],
  [["kubectl delete svc x -A"], "error: a resource cannot be retrieved by name across all namespaces\n[exit 1]\n"],
])("[KUBECTL-MISTAKES] %s", (lines, expected) => {
  expect(session(lines)).toBe(expected);
});
