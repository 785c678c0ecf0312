// CustomResourceDefinitions from the console: served, validated, printed, explained, scaled and deleted as upstream does.
import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { createShell, runToEnd } from "./index.ts";

const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: crontabs.stable.example.com }
spec:
  group: stable.example.com
  scope: Namespaced
  names: { plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct], categories: [all] }
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: { specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.selector }
    additionalPrinterColumns:
    - { name: Spec, type: string, jsonPath: .spec.cronSpec, description: The cron spec }
    - { name: Replicas, type: integer, jsonPath: .spec.replicas }
    - { name: Image, type: string, jsonPath: .spec.image, priority: 1 }
    - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
    schema:
      openAPIV3Schema:
        type: object
        description: A job by the clock.
        required: [spec]
        properties:
          spec:
            type: object
            description: What runs, and when.
            required: [cronSpec]
            properties:
              cronSpec: { type: string, pattern: '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$', description: The times. }
              image: { type: string }
              replicas: { type: integer, minimum: 1, maximum: 10, default: 1 }
              policy: { type: string, enum: [Allow, Forbid] }
              port: { x-kubernetes-int-or-string: true }
              extra: { type: object, x-kubernetes-preserve-unknown-fields: true }
          status:
            type: object
            properties: { replicas: { type: integer }, selector: { type: string } }
  - name: v1beta1
    served: true
    storage: false
    schema:
      openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;

const OBJECT = `apiVersion: stable.example.com/v1
kind: CronTab
metadata: { name: nightly }
spec: { cronSpec: "* * * * */5", image: backup:1, port: http, extra: { any: { thing: 1 } } }
`;

const FILES = new Map([
  ["crd.yaml", DEFINITION],
  ["ct.yaml", OBJECT],
  ["both.yaml", `${DEFINITION}---\n${OBJECT}`],
]);

function lab() {
  const cluster = createCluster({ seed: "custom", settings: SHELL_SETTINGS });
  const files = new Map(FILES);
  const shell = createShell({ cluster, files });
  return {
    cluster,
    files,
    run(line: string): string {
      let text = "";
      const write = (part: string) => {
        text += part;
      };
      runToEnd(cluster, shell, line, { out: write, err: write });
      return text;
    },
  };
}

/** A lab in which the kind is served and holds one object. */
function served() {
  const made = lab();
  made.run("kubectl apply -f crd.yaml");
  made.run("kubectl apply -f ct.yaml");
  return made;
}

/** A lab that applies a text, and what kubectl prints. */
function applying(text: string): string {
  const { files, run } = served();
  files.set("new.yaml", text);
  return run("kubectl apply -f new.yaml");
}

test("[CRD-5] an object of a kind that nobody defined is not found; kubectl maps all kinds before it creates any", () => {
  const { run } = lab();
  const missing = (file: string) =>
    `error: resource mapping not found for name: "nightly" namespace: "" from "${file}": no matches for kind "CronTab" in version "stable.example.com/v1"\nensure CRDs are installed first\n`;
  expect(run("kubectl get ct")).toBe(`error: the server doesn't have a resource type "ct"\n`);
  expect(run("kubectl apply -f ct.yaml")).toBe(missing("ct.yaml"));
  expect(run("kubectl apply -f both.yaml")).toBe(
    `customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com created\n${missing("both.yaml")}`,
  );
  expect(run("kubectl apply -f both.yaml")).toBe(
    "customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com unchanged\ncrontab.stable.example.com/nightly created\n",
  );
});

test("[CRD-3] names are accepted and the kind is established at once; a name in use is a conflict until it is free", () => {
  const { files, run } = served();
  expect(run("kubectl wait --for=condition=established crd/crontabs.stable.example.com")).toContain("condition met");
  const rival = DEFINITION.replaceAll("crontab", "rival").replaceAll("CronTab", "Rival");
  files.set("rival.yaml", rival);
  run("kubectl apply -f rival.yaml");
  const conditions = "-o jsonpath='{range .status.conditions[*]}{.type}={.status} {.reason} {.message};{end}'";
  expect(run(`kubectl get crd rivals.stable.example.com ${conditions}`)).toBe(
    'NamesAccepted=False ShortNamesConflict "ct" is already in use;Established=False NotAccepted not all names are accepted;',
  );
  expect(run("kubectl get rivals")).toContain("doesn't have a resource type");
  run("kubectl delete crd crontabs.stable.example.com");
  expect(run(`kubectl get crd rivals.stable.example.com ${conditions}`)).toBe(
    "NamesAccepted=True NoConflicts no conflicts found;Established=True InitialNamesAccepted the initial names have been accepted;",
  );
  expect(run("kubectl get ct")).toBe("No resources found in default namespace.\n");
});

test("[CRD-10] tables have the columns of the definition, with -o wide those of lower priority too", () => {
  const { run } = served();
  const row = (line: string) => run(line).replace(/\d+s$/m, "AGE");
  expect(row("kubectl get ct")).toBe(
    "NAME      SPEC          REPLICAS   AGE\nnightly   * * * * */5   1          AGE\n",
  );
  expect(row("kubectl get ct -o wide")).toBe(
    "NAME      SPEC          REPLICAS   IMAGE      AGE\nnightly   * * * * */5   1          backup:1   AGE\n",
  );
  expect(run("kubectl get all")).toContain("crontab.stable.example.com/nightly");
});

test("[CRD-5] a definition is discovered, explained and described", () => {
  const { run } = served();
  expect(run("kubectl api-resources --api-group=stable.example.com")).toBe(
    "NAME       SHORTNAMES   APIVERSION              NAMESPACED   KIND\ncrontabs   ct           stable.example.com/v1   true         CronTab\n",
  );
  expect(run("kubectl api-versions")).toContain("stable.example.com/v1\nstable.example.com/v1beta1\n");
  expect(run("kubectl explain ct.spec")).toContain(
    "FIELD: spec <Object>\n\n\nDESCRIPTION:\n    What runs, and when.\n    \nFIELDS:\n  cronSpec\t<string> -required-\n    The times.\n",
  );
  expect(run("kubectl explain ct.spec.policy")).toContain("FIELD: policy <string>\nENUM:\n    Allow\n    Forbid\n");
  expect(run("kubectl describe ct nightly")).toContain("Spec:\n  Cron Spec:  * * * * */5\n");
});

test("[CRD-6] objects are held against the schema, in the server's words", () => {
  const { run } = served();
  const patch = (spec: object) => run(`kubectl patch ct nightly --type=merge -p '${JSON.stringify({ spec })}'`);
  const invalid = (what: string) => `The CronTab "nightly" is invalid: ${what}\n`;
  expect(patch({ replicas: 40 })).toBe(
    invalid("spec.replicas: Invalid value: 40: spec.replicas in body should be less than or equal to 10"),
  );
  expect(patch({ replicas: "x" })).toBe(
    invalid('spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string"'),
  );
  expect(patch({ policy: "No" })).toBe(
    invalid('spec.policy: Unsupported value: "No": supported values: "Allow", "Forbid"'),
  );
  expect(patch({ cronSpec: null })).toBe(invalid("spec.cronSpec: Required value"));
  expect(patch({ cronSpec: "now" })).toContain("spec.cronSpec in body should match '^(");
  expect(patch({ port: 1.5 })).toBe(
    invalid('spec.port: Invalid value: "number": spec.port in body must be of type integer,string: "number"'),
  );
  expect(patch({ port: 80 })).toBe("crontab.stable.example.com/nightly patched\n");
});

test("[CRD-7] unknown fields are refused by a strict write and dropped with a warning by others; defaults are filled in", () => {
  const { run } = served();
  expect(applying(OBJECT.replace("nightly", "other").replace("image:", "imag:"))).toContain(
    'CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: unknown field "spec.imag"',
  );
  expect(run(`kubectl patch ct nightly --type=merge -p '{"spec":{"foo":1}}'`)).toBe(
    'Warning: unknown field "spec.foo"\ncrontab.stable.example.com/nightly patched (no change)\n',
  );
  expect(run("kubectl get ct nightly -o jsonpath='{.spec.replicas} {.spec.extra}'")).toBe('1 {"any":{"thing":1}}');
});

test("[CRD-8] every served version gives the same object under its own apiVersion; the schema of the version asked holds", () => {
  const { run } = served();
  expect(run("kubectl get crontabs.v1beta1.stable.example.com nightly -o jsonpath='{.apiVersion}'")).toBe(
    "stable.example.com/v1beta1",
  );
  const old = OBJECT.replace("/v1", "/v1beta1").replace("nightly", "old");
  expect(applying(old)).toBe("crontab.stable.example.com/old created\n");
  expect(applying(old.replace("/v1beta1", "/v2"))).toContain('no matches for kind "CronTab" in version');
});

test("[CRD-11] status and scale are subresources: each writes its own part", () => {
  const { run } = served();
  run(`kubectl patch ct nightly --type=merge -p '{"status":{"replicas":7}}'`);
  expect(run("kubectl get ct nightly -o jsonpath='{.status}'")).toBe("");
  run(`kubectl patch ct nightly --subresource=status --type=merge -p '{"status":{"replicas":2,"selector":"a=b"}}'`);
  expect(run("kubectl scale ct nightly --replicas=2")).toBe("crontab.stable.example.com/nightly scaled\n");
  expect(
    run(
      "kubectl get ct nightly --subresource=scale -o jsonpath='{.spec.replicas} {.status.replicas} {.status.selector}'",
    ),
  ).toBe("2 2 a=b");
  expect(run("kubectl get ct nightly -o jsonpath='{.metadata.generation}'")).toBe("2");
});

test("[CRD-12] a custom resource takes no strategic merge patch", () => {
  const { run } = served();
  expect(run(`kubectl patch ct nightly -p '{"spec":{"replicas":4}}'`)).toBe(
    "Error from server (UnsupportedMediaType): the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml\n",
  );
  expect(run("kubectl label ct nightly a=b")).toBe("crontab.stable.example.com/nightly labeled\n");
  expect(applying(OBJECT.replace("backup:1", "backup:2"))).toBe("crontab.stable.example.com/nightly configured\n");
});

test("[CRD-4] deleting a definition deletes its objects first", () => {
  const { cluster, run } = served();
  run(`kubectl patch ct nightly --type=merge -p '{"metadata":{"finalizers":["example.com/wait"]}}'`);
  run("kubectl delete crd crontabs.stable.example.com --wait=false");
  const get = (path: string) => run(`kubectl get crd crontabs.stable.example.com -o jsonpath='${path}'`);
  expect(get("{.metadata.finalizers}")).toBe('["customresourcecleanup.apiextensions.k8s.io"]');
  expect(get('{.status.conditions[?(@.type=="Terminating")].reason}')).toBe("InstanceDeletionInProgress");
  expect(applyTo(run)).toContain("create not allowed while custom resource definition is terminating");
  run(`kubectl patch ct nightly --type=merge -p '{"metadata":{"finalizers":null}}'`);
  cluster.advance(10_000);
  expect(run("kubectl get crd")).toBe("No resources found\n");
  expect(cluster.api.kinds.find("crontabs.stable.example.com")).toBeUndefined();
});

function applyTo(run: (line: string) => string): string {
  return run(`kubectl create -f - <<'EOF'\n${OBJECT.replace("nightly", "late")}EOF`);
}

test("[CRD-1] [CRD-2] definitions are validated", () => {
  const { files, run } = lab();
  const apply = (text: string) => {
    files.set("bad.yaml", text);
    return run("kubectl apply -f bad.yaml").split("\n");
  };
  const head = 'The CustomResourceDefinition "crontabs.stable.example.com" is invalid: ';
  expect(apply(DEFINITION.replace("scope: Namespaced", "scope: Everywhere"))).toEqual([
    `${head}spec.scope: Unsupported value: "Everywhere": supported values: "Cluster", "Namespaced"`,
    "",
  ]);
  expect(apply(DEFINITION.replace("name: crontabs.stable", "name: tabs.stable"))[0]).toBe(
    'The CustomResourceDefinition "tabs.stable.example.com" is invalid: metadata.name: Invalid value: "tabs.stable.example.com": must be spec.names.plural+"."+spec.group',
  );
  expect(apply(DEFINITION.replace("image: { type: string }", "image: {}"))[0]).toBe(
    `${head}spec.versions[0].schema.openAPIV3Schema.properties[spec].properties[image].type: Required value: must not be empty for specified object fields`,
  );
  expect(apply(DEFINITION.replace("default: 1", "default: 11"))[0]).toContain(
    "properties[replicas].default: Invalid value: 11: spec.versions[0].schema.openAPIV3Schema.properties[spec].properties[replicas].default in body should be less than or equal to 10",
  );
  expect(apply(DEFINITION.replace("storage: false", "storage: true"))[0]).toContain(
    "must have exactly one version marked as storage version",
  );
  expect(apply(DEFINITION.replaceAll("stable.example.com", "x.k8s.io"))[0]).toContain(
    "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation",
  );
});

test("[CRD-9] what is stored without effect is said", () => {
  const { files, run } = lab();
  files.set(
    "cel.yaml",
    DEFINITION.replace(
      "required: [cronSpec]",
      'required: [cronSpec]\n            x-kubernetes-validations: [{ rule: "self.replicas < 5" }]',
    ),
  );
  expect(run("kubectl apply -f cel.yaml")).toBe(
    "Warning: x-kubernetes-validations: Podpath stores CEL rules and does not evaluate them\ncustomresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com created\n",
  );
});

test("[CRD-13] cluster-scoped kinds live in no namespace; a namespace takes its custom resources with it", () => {
  const { files, run } = lab();
  files.set("wide.yaml", DEFINITION.replace("scope: Namespaced", "scope: Cluster"));
  run("kubectl apply -f wide.yaml");
  run("kubectl apply -f ct.yaml -n kube-system");
  expect(run("kubectl get ct -o jsonpath='{.items[*].metadata.namespace}'")).toBe("");
  const other = served();
  other.run("kubectl create ns x");
  other.run("kubectl apply -f ct.yaml -n x");
  expect(other.run("kubectl get ct -A -o name")).toBe(
    "crontab.stable.example.com/nightly\ncrontab.stable.example.com/nightly\n",
  );
  other.run("kubectl delete ns x");
  expect(other.run("kubectl get ct -A -o name")).toBe("crontab.stable.example.com/nightly\n");
});
