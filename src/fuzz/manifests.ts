// Good manifests that fuzzers spoil: one of each kind that something here acts on, written as people write them.

const METADATA = "metadata:\n  name: x\n  labels:\n    app: shop";

const POD_SPEC = `containers:
      - name: main
        image: nginx:1.29
        env:
        - name: A
          value: "1"
        - name: B
          valueFrom:
            configMapKeyRef: {name: x, key: a, optional: true}
        ports:
        - containerPort: 8080
          name: http
        resources:
          limits:
            memory: 128Mi
        readinessProbe:
          httpGet:
            port: http
            path: /
        volumeMounts:
        - name: data
          mountPath: /data
      volumes:
      - name: data
        emptyDir: {}`;

const TEMPLATE = `template:
    metadata:
      labels:
        app: shop
    spec:
      ${POD_SPEC}`;

const workload = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\n${METADATA}\nspec:\n  ${spec}\n  selector:\n    matchLabels:\n      app: shop\n  ${TEMPLATE}\n`;

export const SERVICE = `apiVersion: v1
kind: Service
${METADATA}
spec:
  type: NodePort
  clusterIP: 10.96.77.7
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 100
  externalTrafficPolicy: Local
  selector:
    app: shop
  ports:
  - name: http
    port: 80
    targetPort: http
    nodePort: 30080
  - name: metrics
    port: 9090
    protocol: TCP
`;

export const DEPLOYMENT = workload(
  "apps/v1",
  "Deployment",
  "replicas: 2\n  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 25%\n      maxUnavailable: 1",
);

export const MANIFESTS = [
  SERVICE,
  DEPLOYMENT,
  workload("apps/v1", "ReplicaSet", "replicas: 2"),
  workload("apps/v1", "DaemonSet", "minReadySeconds: 1"),
  workload(
    "apps/v1",
    "StatefulSet",
    "replicas: 2\n  serviceName: x\n  volumeClaimTemplates:\n  - metadata:\n      name: data\n    spec:\n      accessModes: [ReadWriteOnce]\n      resources:\n        requests:\n          storage: 1Gi",
  ),
  `apiVersion: batch/v1\nkind: Job\n${METADATA}\nspec:\n  completions: 2\n  parallelism: 1\n  backoffLimit: 1\n  template:\n    spec:\n      restartPolicy: Never\n      containers: [{ name: main, image: busybox, command: [sh, -c, "echo hi; sleep 1"] }]\n`,
  `apiVersion: batch/v1\nkind: CronJob\n${METADATA}\nspec:\n  schedule: "*/5 * * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers: [{ name: main, image: busybox }]\n`,
  `apiVersion: v1\nkind: Pod\n${METADATA}\nspec:\n      initContainers:\n      - name: first\n        image: busybox\n        command: [sh, -c, "until true; do sleep 1; done"]\n      ${POD_SPEC}\n`,
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${METADATA}\nspec:\n  rules:\n  - host: a.example\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            name: x\n            port:\n              number: 80\n`,
  `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n${METADATA}\nspec:\n  gatewayClassName: podpath\n  listeners:\n  - name: http\n    port: 80\n    protocol: HTTP\n    hostname: "*.example"\n    allowedRoutes:\n      namespaces:\n        from: All\n`,
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n${METADATA}\nspec:\n  parentRefs:\n  - name: x\n  hostnames: [a.example]\n  rules:\n  - matches:\n    - path:\n        type: RegularExpression\n        value: /(a|b)+\n      headers:\n      - name: x-a\n        value: b\n    filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: x\n          port: 80\n        fraction:\n          numerator: 1\n          denominator: 2\n    backendRefs:\n    - name: x\n      port: 80\n      weight: 3\n    timeouts:\n      request: 1s\n`,
  `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: x\n  labels:\n    kubernetes.io/service-name: x\naddressType: IPv4\nports:\n- name: http\n  port: 8080\nendpoints:\n- addresses: [10.244.1.9]\n  conditions:\n    ready: true\n`,
  `apiVersion: v1\nkind: Endpoints\nmetadata:\n  name: x\nsubsets:\n- addresses:\n  - ip: 10.244.1.9\n  ports:\n  - port: 80\n`,
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\n${METADATA}\nspec:\n  minAvailable: 50%\n  selector:\n    matchLabels:\n      app: shop\n`,
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n${METADATA}\nspec:\n  podSelector: {}\n  ingress:\n  - from:\n    - ipBlock:\n        cidr: 10.0.0.0/8\n        except: [10.1.0.0/16]\n    ports:\n    - port: 80\n      endPort: 90\n`,
  `apiVersion: v1\nkind: PersistentVolumeClaim\n${METADATA}\nspec:\n  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: 1Gi\n`,
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n  labels:\n    app: shop\n`,
  `apiVersion: v1\nkind: ConfigMap\n${METADATA}\ndata:\n  a: |\n    text\n    more\n  b: "c"\n`,
  `apiVersion: v1\nkind: Secret\n${METADATA}\ntype: Opaque\nstringData:\n  a: "c"\ndata:\n  b: aGk=\n`,
  `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: x}\n- apiVersion: v1\n  kind: ServiceAccount\n  metadata: {name: x}\n`,
] as const;
