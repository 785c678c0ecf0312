// Whole objects to begin with. `$1` and similar are places that Tab goes to.
import { W } from "../../../words/en/language.ts";

/** One object of the snippet list. */
export interface ObjectSnippet {
  readonly label: string;
  readonly detail: string;
  readonly body: string;
}

const META = (kind: string, apiVersion: string, name: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: \${1:${name}}\n`;

const TEMPLATE = `  selector:
    matchLabels:
      app: \${1:web}
  template:
    metadata:
      labels:
        app: \${1:web}
    spec:
      containers:
        - name: \${1:web}
          image: \${3:nginx}
          ports:
            - containerPort: \${4:80}
`;

const SERVICE = (type: string, ports: string) =>
  `${META("Service", "v1", "web")}spec:\n${type}  selector:\n    app: \${1:web}\n  ports:\n${ports}`;

export const OBJECT_SNIPPETS: readonly ObjectSnippet[] = [
  {
    label: "Service NodePort",
    detail: W.nodePort,
    body: SERVICE(
      "  type: NodePort\n",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's own placeholder
      "    - port: ${2:80}\n      targetPort: ${3:80}\n      nodePort: ${4:30080}\n",
    ),
  },
  {
    label: "Service ClusterIP",
    detail: W.clusterIP,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's own placeholder
    body: SERVICE("", "    - port: ${2:80}\n      targetPort: ${3:80}\n"),
  },
  {
    label: "Service headless",
    detail: W.headless,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's own placeholder
    body: SERVICE("  clusterIP: None\n", "    - port: ${2:80}\n"),
  },
  {
    label: "Service LoadBalancer",
    detail: W.balancer,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's own placeholder
    body: SERVICE("  type: LoadBalancer\n", "    - port: ${2:80}\n      targetPort: ${3:80}\n"),
  },
  {
    label: "Deployment",
    detail: W.deployment,
    body: `${META("Deployment", "apps/v1", "web")}spec:\n  replicas: \${2:3}\n${TEMPLATE}`,
  },
  {
    label: "Pod",
    detail: W.pod,
    body: `${META("Pod", "v1", "web")}  labels:
    app: \${1:web}
spec:
  containers:
    - name: \${1:web}
      image: \${2:nginx}
      ports:
        - containerPort: \${3:80}
`,
  },
  {
    label: "StatefulSet",
    detail: W.statefulSet,
    body: `${META("StatefulSet", "apps/v1", "web")}spec:\n  serviceName: \${1:web}\n  replicas: \${2:3}\n${TEMPLATE}`,
  },
  {
    label: "DaemonSet",
    detail: W.daemonSet,
    body: `${META("DaemonSet", "apps/v1", "web")}spec:\n${TEMPLATE}`,
  },
  {
    label: "ConfigMap",
    detail: W.configMap,
    body: `${META("ConfigMap", "v1", "settings")}data:\n  \${2:KEY}: \${3:value}\n`,
  },
  {
    label: "Namespace",
    detail: W.namespace,
    body: META("Namespace", "v1", "shop"),
  },
  {
    label: "Ingress",
    detail: W.ingress,
    body: `${META("Ingress", "networking.k8s.io/v1", "web")}spec:
  rules:
    - host: \${2:web.example.com}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: \${1:web}
                port:
                  number: \${3:80}
`,
  },
];
