// CoreDNS as kubeadm installs it: two pods behind the Service kube-dns.

import { LabelNodeRoleControlPlane, LabelOSStable } from "../api/well-known.ts";

const LABELS = { "k8s-app": "kube-dns" };

/** The Deployment coredns of namespace kube-system. Spec: [DNS-10]. */
// Models kubernetes/cmd/kubeadm/app/phases/addons/dns/manifests.go CoreDNSDeployment
export function corednsDeployment(): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "coredns", namespace: "kube-system", labels: LABELS },
    spec: {
      replicas: 2,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          priorityClassName: "system-cluster-critical",
          dnsPolicy: "Default",
          nodeSelector: { [LabelOSStable]: "linux" },
          tolerations: [
            { key: "CriticalAddonsOnly", operator: "Exists" },
            { key: LabelNodeRoleControlPlane, effect: "NoSchedule" },
          ],
          containers: [container()],
        },
      },
    },
  };
}

function container(): object {
  return {
    name: "coredns",
    image: "registry.k8s.io/coredns/coredns:v1.13.1",
    imagePullPolicy: "IfNotPresent",
    args: ["-conf", "/etc/coredns/Corefile"],
    ports: [
      { name: "dns", containerPort: 53, protocol: "UDP" },
      { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
      { name: "metrics", containerPort: 9153, protocol: "TCP" },
      { name: "liveness-probe", containerPort: 8080, protocol: "TCP" },
      { name: "readiness-probe", containerPort: 8181, protocol: "TCP" },
    ],
    livenessProbe: {
      httpGet: { path: "/health", port: "liveness-probe", scheme: "HTTP" },
      initialDelaySeconds: 60,
      timeoutSeconds: 5,
      successThreshold: 1,
      failureThreshold: 5,
    },
    readinessProbe: { httpGet: { path: "/ready", port: "readiness-probe", scheme: "HTTP" } },
  };
}
