// What is referred to and is not there.
import { expect, test } from "vitest";
import { pathText } from "../cluster/index.ts";
import { missingIn } from "./index.ts";
import { Lab, service, web } from "./lab.ts";

function missing(lab: Lab): string[] {
  return missingIn(lab.cluster).map(
    ({ name, hint, by }) => `${name} | ${hint} | ${by.object.kind} ${by.object.name} ${pathText(by.path)}`,
  );
}

function pod(name: string, rest: string): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
${rest}
---
`;
}

test("[DIAG-50] a selector that matches no pod: the labels it wants, and those that the nearest pods have", () => {
  const lab = new Lab(`${service("selector: { app: wep }, ports: [{ port: 80, targetPort: 8080 }]")}${web()}`);
  expect(missing(lab)).toEqual(["no pod has app=wep | pods have app=web | Service web spec.selector.app"]);
  lab.cluster.api.patch(
    "services",
    { namespace: "default", name: "web" },
    {
      type: "merge",
      body: { spec: { selector: { app: "web" } } },
    },
  );
  expect(missing(lab)).toEqual([]);
});

test("[DIAG-50] a workload scaled to 0 is named, pods that are about to be created are not missing", () => {
  const lab = new Lab(
    `${service("selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web({ replicas: 0 })}`,
  );
  expect(missing(lab)).toEqual(["no pod has app=web | Deployment web has 0 replicas | Service web spec.selector"]);
  lab.cluster.api.patch(
    "deployments.apps",
    { namespace: "default", name: "web" },
    {
      type: "merge",
      body: { spec: { replicas: 1 } },
    },
  );
  expect(missing(lab)).toEqual([]);
});

test("[DIAG-50] without any pods there is nothing near; an alias and a Service without selector miss nothing", () => {
  const lab = new Lab(`${service("selector: { app: web }, ports: [{ port: 80 }]")}
---
apiVersion: v1
kind: Service
metadata: { name: elsewhere }
spec: { type: ExternalName, externalName: nowhere.example.com, selector: { app: none } }
---
apiVersion: v1
kind: Service
metadata: { name: by-hand }
spec: { ports: [{ port: 80 }] }
`);
  expect(missing(lab)).toEqual(["no pod has app=web | selected by Service web | Service web spec.selector"]);
});

test("[DIAG-50] the Service or the port behind an Ingress", () => {
  const backend = (path: string, name: string, port: string) =>
    `{ path: ${path}, pathType: Prefix, backend: { service: { name: ${name}, port: { ${port} } } } }`;
  const lab = new Lab(`${service("selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]")}${web()}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  rules:
    - http:
        paths: [${backend("/a", "web", "number: 80")}, ${backend("/b", "cart", "number: 80")}, ${backend("/c", "web", "name: http")}]
`);
  expect(missing(lab)).toEqual([
    "Service cart | backend of Ingress shop | Ingress shop spec.rules[0].http.paths[1].backend.service.name",
    "port http of Service web | backend of Ingress shop | Ingress shop spec.rules[0].http.paths[2].backend.service.port.name",
  ]);
});

test("[DIAG-50] what pods wait for, once for all of them, at the field of the template", () => {
  const lab = new Lab(
    web({ replicas: 2, container: "          envFrom: [{ configMapRef: { name: settings } }]" }) +
      "---\n" +
      pod(
        "bare",
        `  volumes:
    - { name: a, secret: { secretName: key } }
    - { name: b, configMap: { name: optional-map, optional: true } }
    - { name: c, persistentVolumeClaim: { claimName: data } }
  containers: [{ name: c, image: "nginx:1.29", volumeMounts: [{ name: a, mountPath: /a }, { name: c, mountPath: /c }] }]`,
      ),
  );
  expect(missing(lab)).toEqual([
    "Secret key | Pod bare waits for it | Pod bare spec.volumes[0].secret.secretName",
    "PersistentVolumeClaim data | Pod bare waits for it | Pod bare spec.volumes[2].persistentVolumeClaim.claimName",
    "ConfigMap settings | 2 pods wait for it | Deployment web spec.template.spec.containers[0].envFrom[0].configMapRef.name",
  ]);
  lab.apply("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { A: b }\n");
  expect(missing(lab).filter((each) => each.startsWith("ConfigMap"))).toEqual([]);
});

test("[DIAG-50] the address of a load balancer that nothing here makes", () => {
  const spec = "type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]";
  const lab = new Lab(`${service(spec)}${service(`loadBalancerClass: example.com/own, ${spec}`, "own")}${web()}`);
  expect(missing(lab)).toEqual([
    "address of own | <pending>: no controller for class example.com/own | Service own spec.loadBalancerClass",
    "address of web | <pending>: no cloud provider | Service web spec.type",
  ]);
  lab.cluster.configure({ cloud: true });
  lab.cluster.advance(10_000);
  expect(missing(lab).map((each) => each.split(" |")[0])).toEqual(["address of own"]);
});
