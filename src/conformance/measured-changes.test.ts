// Changes of Services and Ingresses, and command lines, as they were measured on real Kubernetes 1.36 (t3, t4, t7, t8, t9).
// The measurements kept the commands and the answers; the manifests behind them are written here again.
import { expect, test } from "vitest";
import { apply, balancer, play, pod, type Session, service, specField, wanted } from "./session.ts";

const only = (name: string, spec: object) => ({ apiVersion: "v1", kind: "Service", metadata: { name }, spec });
const t = (spec: object) =>
  apply(only("t", { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }], ...spec }));
const row = (name: string) => `kubectl get svc ${name} --no-headers | awk '{print $2, $3, $4, $5}'`;
const WARNING = "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
const bad = (name: string, words: string) => `The Service "${name}" is invalid: ${words}`;

const T3: readonly Session[] = [
  [
    "[SVC-6] t3: ClusterIP, NodePort and back; addresses that may not change",
    t({ clusterIP: "10.96.0.81" }),
    [
      "kubectl get svc t -o jsonpath='{.spec}'",
      '{"clusterIP":"10.96.0.81","clusterIPs":["10.96.0.81"],"internalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","ports":[{"port":80,"protocol":"TCP","targetPort":8080}],"selector":{"app":"web"},"sessionAffinity":"None","type":"ClusterIP"}',
    ],
    [t({ type: "NodePort" }), "service/t configured"],
    ["kubectl get svc t --no-headers | awk '{print $2, $3}'", "NodePort 10.96.0.81"],
    [t({ type: "ClusterIP" }), "service/t configured"],
    [row("t"), "ClusterIP 10.96.0.81 <none> 80/TCP"],
    t({ type: "NodePort", ports: [{ port: 80, targetPort: 8080, nodePort: 30180 }] }),
    [t({ type: "ClusterIP", ports: [{ port: 80, targetPort: 8080, nodePort: 30180 }] }), "service/t configured"],
    [`kubectl patch svc t -p '{"spec":{"type":"ClusterIP"}}'`, "service/t patched (no change)"],
    [row("t"), "ClusterIP 10.96.0.81 <none> 80/TCP"],
    [
      t({ clusterIP: "10.96.200.200" }),
      bad("t", 'spec.clusterIPs[0]: Invalid value: ["10.96.200.200"]: may not change once set'),
    ],
    [t({ clusterIP: "None" }), bad("t", 'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set')],
  ],
  [
    "[EPS-11] t3: to ExternalName two slices are left, and back a new address comes",
    apply(pod("web-1", 1), pod("web-2", 2)),
    t({}),
    [apply(only("t", { type: "ExternalName", externalName: "a.example.com" })), "service/t configured"],
    [row("t"), "ExternalName <none> a.example.com <none>"],
    [
      "kubectl get svc t -o jsonpath='{.spec}'",
      '{"externalName":"a.example.com","sessionAffinity":"None","type":"ExternalName"}',
    ],
    ["kubectl get endpointslices -l kubernetes.io/service-name=t --no-headers | wc -l", "2"],
    [t({ clusterIP: "10.96.0.82" }), "service/t configured"],
    [row("t"), "ClusterIP 10.96.0.82 <none> 80/TCP"],
  ],
  [
    "[SVC-9] t3: a load balancer pending, with an address, with a name, and none again",
    t({ clusterIP: "10.96.0.83" }),
    [t({ type: "LoadBalancer", ports: [{ port: 80, targetPort: 8080, nodePort: 30769 }] }), "service/t configured"],
    [row("t"), "LoadBalancer 10.96.0.83 <pending> 80:30769/TCP"],
    [
      "kubectl get svc t -o jsonpath='{.spec}'",
      '{"allocateLoadBalancerNodePorts":true,"clusterIP":"10.96.0.83","clusterIPs":["10.96.0.83"],"externalTrafficPolicy":"Cluster","internalTrafficPolicy":"Cluster","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack","ports":[{"nodePort":30769,"port":80,"protocol":"TCP","targetPort":8080}],"selector":{"app":"web"},"sessionAffinity":"None","type":"LoadBalancer"}',
    ],
    balancer("t", { ip: "192.0.2.10" }),
    [row("t"), "LoadBalancer 10.96.0.83 192.0.2.10 80:30769/TCP"],
    ["kubectl describe svc t | grep Ingress", "LoadBalancer Ingress:     192.0.2.10 (VIP)"],
    balancer("t", { hostname: "a1b2c3d4e5f6-1234567890.elb.us-east-1.amazonaws.com" }),
    [row("t"), "LoadBalancer 10.96.0.83 a1b2c3d4e5f6-1234567890.elb.us-east-1.amazonaws.com 80:30769/TCP"],
    [
      "kubectl describe svc t | grep Ingress",
      "LoadBalancer Ingress:     a1b2c3d4e5f6-1234567890.elb.us-east-1.amazonaws.com",
    ],
    [t({}), "service/t configured"],
    ["kubectl get svc t -o jsonpath='{.status}'", '{"loadBalancer":{}}'],
    t({ type: "LoadBalancer", loadBalancerClass: "a/b" }),
    [
      t({ type: "LoadBalancer", loadBalancerClass: "a/c" }),
      bad("t", 'spec.loadBalancerClass: Invalid value: "a/c": may not change once set'),
    ],
  ],
  [
    "[SVC-7] t3: headless stays headless",
    t({ clusterIP: "None" }),
    [
      t({ clusterIP: "10.96.3.3" }),
      bad("t", 'spec.clusterIPs[0]: Invalid value: ["10.96.3.3"]: may not change once set'),
    ],
    [`kubectl patch svc t --type=merge -p '{"spec":{"clusterIP":null}}'`, "service/t patched"],
    [specField("t", "clusterIP"), "None"],
    [
      `kubectl patch svc t -p '{"spec":{"type":"NodePort"}}'`,
      bad("t", "spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services"),
    ],
    apply(only("t", { type: "ExternalName", externalName: "a.b" })),
    [t({ clusterIP: "10.96.0.84" }), "service/t configured"],
    [row("t"), "ClusterIP 10.96.0.84 <none> 80/TCP"],
  ],
  [
    "[ALLOC-2] t3: node ports across Services and protocols, within one, and through changes of port and name",
    apply(only("c1", { type: "NodePort", ports: [{ port: 80, nodePort: 30222 }] })),
    [
      apply(only("c2", { type: "NodePort", ports: [{ port: 80, nodePort: 30222 }] })),
      bad("c2", "spec.ports[0].nodePort: Invalid value: 30222: provided port is already allocated"),
    ],
    [
      apply(only("c3", { type: "NodePort", ports: [{ port: 80, nodePort: 30222, protocol: "UDP" }] })),
      bad("c3", "spec.ports[0].nodePort: Invalid value: 30222: provided port is already allocated"),
    ],
    [
      apply(
        only("c4", {
          type: "NodePort",
          ports: [
            { name: "t", port: 80, nodePort: 30333 },
            { name: "u", port: 80, nodePort: 30333, protocol: "UDP" },
          ],
        }),
      ),
      "service/c4 created",
    ],
    ["kubectl get svc c4 --no-headers | awk '{print $5}'", "80:30333/TCP,80:30333/UDP"],
    apply(
      only("c5", {
        type: "NodePort",
        ports: [
          { name: "t", port: 80 },
          { name: "u", port: 80, protocol: "UDP" },
        ],
      }),
    ),
    ["kubectl get svc c5 -o jsonpath='{.spec.ports[*].nodePort}' | tr ' ' '\\n' | sort -u | wc -l", "1"],
    [
      apply(
        only("c6", {
          type: "NodePort",
          ports: [
            { name: "a", port: 80, nodePort: 30444 },
            { name: "b", port: 81, nodePort: 30444 },
          ],
        }),
      ),
      bad("c6", "spec.ports[1].nodePort: Invalid value: 30444: provided port is already allocated"),
    ],
    apply(only("c7", { type: "NodePort", ports: [{ name: "http", port: 80 }] })),
    `kubectl patch svc c7 --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":30171}]'`,
    [apply(only("c7", { type: "NodePort", ports: [{ name: "http", port: 81 }] })), "service/c7 configured"],
    ["kubectl get svc c7 --no-headers | awk '{print $5}'", "81:30171/TCP"],
    [apply(only("c7", { type: "NodePort", ports: [{ name: "web", port: 81 }] })), "service/c7 configured"],
    ["kubectl get svc c7 --no-headers | awk '{print $5}'", "81:30171/TCP"],
    [apply(only("c7", { type: "NodePort", ports: [{ name: "web", port: 81 }] })), "service/c7 unchanged"],
    [
      apply(only("c7", { ports: [{ port: 81 }] })).replace("apply", "create"),
      'Error from server (AlreadyExists): error when creating "STDIN": services "c7" already exists',
    ],
  ],
];

const SHOP = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "shop" },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "shop" } },
    template: {
      metadata: { labels: { app: "shop" } },
      spec: { containers: [{ name: "web", image: "nginx:1.29", ports: [{ containerPort: 8080 }] }] },
    },
  },
};

const T4: readonly Session[] = [
  [
    "[KUBECTL] t4: expose, scale, set, label",
    apply(SHOP, pod("web-1", 1)),
    ["kubectl expose deployment shop --port=80 --target-port=8080 --name=shop --type=NodePort", "service/shop exposed"],
    ["kubectl expose deployment shop --port=80", 'Error from server (AlreadyExists): services "shop" already exists'],
    ["kubectl expose deployment shop --name shop2", "service/shop2 exposed"],
    ["kubectl get svc shop2 -o wide --no-headers | awk '{print $5, $7}'", "8080/TCP app=shop"],
    ["kubectl expose deployment nope --port=80", 'Error from server (NotFound): deployments.apps "nope" not found'],
    ["kubectl scale deployment shop --replicas=4", "deployment.apps/shop scaled"],
    ["kubectl scale deploy/shop --replicas=4", "deployment.apps/shop scaled"],
    ["kubectl scale deployment nope --replicas=4", 'Error from server (NotFound): deployments.apps "nope" not found'],
    [
      "kubectl scale deployment shop --replicas=-1",
      "error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0",
    ],
    ["kubectl scale deployment shop", 'error: required flag(s) "replicas" not set'],
    ["kubectl set selector svc shop app=other", "service/shop selector updated"],
    ["kubectl set selector deploy/shop app=x", "error: setting a selector is only supported for Services"],
    ["kubectl label pod web-1 tier=front", "pod/web-1 labeled"],
    ["kubectl label pod web-1 tier=front", "pod/web-1 not labeled"],
    ["kubectl label pod web-1 tier=back", "error: 'tier' already has a value (front), and --overwrite is false"],
    ["kubectl label pod web-1 tier=back --overwrite", "pod/web-1 labeled"],
    ["kubectl label pod web-1 tier-", "pod/web-1 unlabeled"],
    ["kubectl label pod web-1 tier-", 'label "tier" not found.\npod/web-1 not labeled'],
    ["kubectl label pods -l app=shop env=x | wc -l", "4"],
  ],
  [
    "[KUBECTL] t4: create, run, set image, rollout",
    apply(SHOP),
    ["kubectl create service clusterip cs --tcp=80:8080", "service/cs created"],
    ["kubectl create service nodeport ns1 --tcp=80:8080 --node-port=30999", "service/ns1 created"],
    ["kubectl create service loadbalancer lbx --tcp=80", "service/lbx created"],
    ["kubectl create service externalname ex2 --external-name example.com", "service/ex2 created"],
    ["kubectl create service clusterip hl2 --clusterip=None --tcp=80", "service/hl2 created"],
    ["kubectl get svc ns1 -o wide --no-headers | awk '{print $5, $7}'", "80:30999/TCP app=ns1"],
    ["kubectl describe svc cs | grep ^Port", "Port:                     80-8080  80/TCP"],
    ["kubectl create deployment hello --image=nginx --replicas=1 --port=80", "deployment.apps/hello created"],
    [
      "kubectl create deployment hello --image=nginx",
      'error: failed to create deployment: deployments.apps "hello" already exists',
    ],
    ["kubectl run tmp --image=busybox --restart=Never", "pod/tmp created"],
    ["kubectl run tmp --image=busybox --restart=Never", 'Error from server (AlreadyExists): pods "tmp" already exists'],
    ["kubectl set image deployment/shop web=nginx:1.30", "deployment.apps/shop image updated"],
    ["kubectl rollout restart deploy/shop", "deployment.apps/shop restarted"],
    [
      "kubectl rollout history deploy/shop",
      "deployment.apps/shop \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n3         <none>",
    ],
    [
      "kubectl rollout undo deploy/shop",
      "Warning: resource deployments/shop was previously managed with 'kubectl apply'. Rolling back will not update the kubectl.kubernetes.io/last-applied-configuration annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\ndeployment.apps/shop rolled back",
    ],
    ["kubectl rollout pause deploy/shop", "deployment.apps/shop paused"],
    ["kubectl rollout resume deploy/shop", "deployment.apps/shop resumed"],
    ["kubectl annotate svc cs a=b", "service/cs annotated"],
    [`kubectl patch svc cs -p '{"spec":{"sessionAffinity":"ClientIP"}}'`, "service/cs patched"],
    [
      "kubectl delete svc cs ns1",
      'service "cs" deleted from default namespace\nservice "ns1" deleted from default namespace',
    ],
    ["kubectl delete deployment hello", 'deployment.apps "hello" deleted from default namespace'],
    ["kubectl delete svc --all -n kube-public", "No resources found"],
    ["kubectl delete svc", "error: resource(s) were provided, but no name was specified"],
  ],
  [
    "[KUBECTL] t4: mistakes on the command line, and what has nothing to do here",
    ["kubectl exec nope -- ls", 'Error from server (NotFound): pods "nope" not found'],
    ["kubectl exec deploy/nope -- ls", 'Error from server (NotFound): deployments.apps "nope" not found'],
    ["kubectl logs nope", 'error: error from server (NotFound): pods "nope" not found in namespace "default"'],
    [
      "kubectl exec web-1 ls",
      "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
    ],
    ["kubectl apply -f nofile.yaml", 'error: the path "nofile.yaml" does not exist'],
    ["kubectl frobnicate", 'error: unknown command "frobnicate" for "kubectl"'],
    ["kubectl get svc --foo", "error: unknown flag: --foo\nSee 'kubectl get --help' for usage."],
    ["kubectl get svc -l", "error: flag needs an argument: 'l' in -l\nSee 'kubectl get --help' for usage."],
    ["kubectl top pod", "error: Metrics API not available"],
    ["kubectl auth can-i create services", "yes"],
    ["kubectl port-forward svc/nope 8080:80", 'Error from server (NotFound): services "nope" not found'],
    [
      "kubectl api-resources --api-group=discovery.k8s.io",
      "NAME             SHORTNAMES   APIVERSION            NAMESPACED   KIND\nendpointslices                discovery.k8s.io/v1   true         EndpointSlice",
    ],
  ],
];

const ingress = (name: string, path: object, more: object = {}) =>
  apply({
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name },
    spec: { rules: [{ host: "shop.example.com", http: { paths: [path] } }], ...more },
  });
const backend = { service: { name: "web", port: { number: 80 } } };

const REST: readonly Session[] = [
  [
    "[ING-1] t7: what is wrong with an Ingress",
    [
      ingress("nopt", { path: "/", backend }),
      'The Ingress "nopt" is invalid: spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified',
    ],
    [
      ingress("nopath", { pathType: "Prefix", backend }),
      'The Ingress "nopath" is invalid: spec.rules[0].http.paths[0].path: Invalid value: "": must be an absolute path',
    ],
    [
      ingress("badpt", { path: "/", pathType: "prefix", backend }),
      'The Ingress "badpt" is invalid: spec.rules[0].http.paths[0].pathType: Unsupported value: "prefix": supported values: "Exact", "ImplementationSpecific", "Prefix"',
    ],
    [
      ingress("noslash", { path: "api", pathType: "Prefix", backend }),
      'The Ingress "noslash" is invalid: spec.rules[0].http.paths[0].path: Invalid value: "api": must be an absolute path',
    ],
    [
      ingress("noport", { path: "/", pathType: "Prefix", backend: { service: { name: "web" } } }),
      'The Ingress "noport" is invalid: spec.rules[0].http.paths[0].backend: Required value: port name or number is required',
    ],
    [
      ingress("old", { path: "/", pathType: "Prefix", backend: { serviceName: "web", servicePort: 80 } }),
      'Error from server (BadRequest): error when creating "STDIN": Ingress in version "v1" cannot be handled as a Ingress: strict decoding error: unknown field "spec.rules[0].http.paths[0].backend.serviceName", unknown field "spec.rules[0].http.paths[0].backend.servicePort"',
    ],
    [
      ingress("hostip", { path: "/", pathType: "Prefix", backend }, { rules: [{ host: "1.2.3.4" }] }),
      'The Ingress "hostip" is invalid: spec.rules[0].host: Invalid value: "1.2.3.4": must be a DNS name, not an IP address',
    ],
    [
      ingress("empty", {}, { rules: [] }),
      'The Ingress "empty" is invalid: spec: Invalid value: null: either `defaultBackend` or `rules` must be specified',
    ],
    [ingress("def", {}, { rules: undefined, defaultBackend: backend }), "ingress.networking.k8s.io/def created"],
    ["kubectl get ing --no-headers | awk '{print $1, $2, $3, $4}'", "def <none> * 80"],
    [
      "kubectl api-resources --api-group=gateway.networking.k8s.io",
      "NAME   SHORTNAMES   APIVERSION   NAMESPACED   KIND",
    ],
    [
      apply({ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata: { name: "x" } }),
      'error: resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "HTTPRoute" in version "gateway.networking.k8s.io/v1"\nensure CRDs are installed first',
    ],
    ["kubectl create service nodeport x --tcp=80:99999", "error: must be between 1 and 65535, inclusive"],
    ["kubectl create service nodeport x", "error: at least one tcp port specifier must be provided"],
    ["kubectl create service clusterip x --tcp=80:http", "service/x created"],
    [specField("x", "ports"), '[{"name":"80-http","port":80,"protocol":"TCP","targetPort":"http"}]'],
  ],
  [
    "[EPSV-2] t5: addresses that no endpoint may have, the name of a host, an FQDN slice",
    apply(only("m2", { ports: [{ port: 80, targetPort: 9376 }] })),
    [
      apply({
        apiVersion: "v1",
        kind: "Endpoints",
        metadata: { name: "m2" },
        subsets: [{ addresses: [{ ip: "127.0.0.1" }] }],
      }),
      `${WARNING}\nThe Endpoints "m2" is invalid: subsets[0].addresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)`,
    ],
    [
      apply({
        apiVersion: "v1",
        kind: "Endpoints",
        metadata: { name: "m2" },
        subsets: [{ addresses: [{ ip: "db.example.com" }] }],
      }),
      `${WARNING}\nThe Endpoints "m2" is invalid: \n* subsets[0].addresses[0].ip: Invalid value: "db.example.com": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)\n* subsets[0].addresses[0].ip: Invalid value: "db.example.com": must be a valid IP address`,
    ],
    [
      apply({
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { name: "m-3" },
        addressType: "FQDN",
        endpoints: [{ addresses: ["db.example.com"] }],
      }),
      "Warning: spec.addressType: FQDN endpoints are deprecated\nendpointslice.discovery.k8s.io/m-3 created",
    ],
  ],
  [
    "[KUBECTL] t8: good documents are applied, the bad one is reported; deleting goes on behind what is missing",
    [
      apply(
        service("g1"),
        service("g2", { type: "NodePort", ports: [{ port: 80, nodePort: 80 }] }),
        service("g3"),
        service("other"),
      ),
      `service/g1 created\nservice/g3 created\nservice/other created\n${bad("g2", "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767")}`,
    ],
    [
      "kubectl delete svc g1 g3 other nope",
      'service "g1" deleted from default namespace\nservice "g3" deleted from default namespace\nservice "other" deleted from default namespace\nError from server (NotFound): services "nope" not found',
    ],
    [apply(only("empty", { selector: {}, ports: [{ port: 80 }] })), "service/empty created"],
    ["kubectl get svc empty -o wide --no-headers | awk '{print $7}'", "<none>"],
    ["kubectl describe svc empty | grep Endpoints", "Endpoints:                <none>"],
    ["kubectl get endpointslices -l kubernetes.io/service-name=empty", "No resources found in default namespace."],
  ],
  [
    "[KUBECTL] t9: names of Services as addresses, and what create says",
    ["kubectl expose pod web-1", 'Error from server (NotFound): pods "web-1" not found'],
    [
      "kubectl create svc nodeport zz --tcp=80 --node-port=80",
      'error: failed to create NodePort service: Service "zz" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
    ["kubectl get servicecidrs --no-headers | awk '{print $1, $2}'", "kubernetes 10.96.0.0/16"],
    apply(only("nf", { clusterIP: "10.96.248.182", ports: [{ port: 80 }] })),
    [
      "kubectl get ipaddresses",
      "NAME            PARENTREF\n10.96.0.1       services/default/kubernetes\n10.96.248.182   services/default/nf",
    ],
    [
      "kubectl describe svc kubernetes | grep -A1 ^Labels",
      "Labels:                   component=apiserver\n                          provider=kubernetes",
    ],
  ],
];

test.each([...T3, ...T4, ...REST])("%s", (_sentence, ...steps) => {
  expect(play(steps)).toEqual(wanted(steps));
});
