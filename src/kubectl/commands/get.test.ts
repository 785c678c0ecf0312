import { describe, expect, test } from "vitest";
import { type Cluster, createCluster, RECORDED_SETTINGS } from "../../cluster/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { runKubectl } from "../run.ts";

interface Ran {
  out: string;
  err: string;
  code: number | undefined;
  interrupt(): void;
}

function run(cluster: Cluster, line: string, files: Record<string, string> = {}): Ran {
  const ran: Ran = { out: "", err: "", code: undefined, interrupt: () => {} };
  runKubectl(line.split(" "), {
    cluster,
    files: new Map(Object.entries(files)),
    stdin: "",
    namespace: "default",
    out: (text) => {
      ran.out += text;
    },
    err: (text) => {
      ran.err += text;
    },
    exit: (code) => {
      ran.code = code;
    },
    onInterrupt: (stop) => {
      ran.interrupt = stop;
    },
  });
  return ran;
}

function clusterWith(...services: ReadonlyArray<readonly [name: string, port: number]>): Cluster {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "get", settings: RECORDED_SETTINGS });
  for (const [name, port] of services) {
    cluster.api.create("services", "default", {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, labels: { app: name } },
      spec: { clusterIP: `10.96.40.${port % 250}`, ports: [{ port }] },
    });
  }
  cluster.advance(1_500);
  return cluster;
}

const ages = (text: string) => text.replace(/ +\d+\S*( *)$/gm, " <age>$1");

describe("what was asked for", () => {
  // docs/semantics.md 6.1; kubectl/get-by-name-not-found.transcript, get-with-nothing-found.transcript
  test.each<[line: string, err: string, code: number]>([
    ["get foo", 'error: the server doesn\'t have a resource type "foo"\n', 1],
    ["get deployment shop", 'Error from server (NotFound): deployments.apps "shop" not found\n', 1],
    [
      "get service/nope pod/nope2",
      'Error from server (NotFound): services "nope" not found\nError from server (NotFound): pods "nope2" not found\n',
      1,
    ],
    ["get pods", "No resources found in default namespace.\n", 0],
    ["get pods -n kube-public", "No resources found in kube-public namespace.\n", 0],
    ["get pods -A", "No resources found\n", 0],
    ["get pods,deploy -l app=nope", "No resources found in default namespace.\n", 0],
    ["get pv", "No resources found\n", 0],
    ["get pod nope --ignore-not-found", "", 0],
    ["get svc --foo", "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n", 1],
    [
      "get",
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples\n',
      1,
    ],
    ["get svc -o yaml --show-labels", "error: --show-labels option cannot be used with yaml printer\n", 1],
    ["get svc web -A", "error: a resource cannot be retrieved by name across all namespaces\n", 1],
    ["get svc web -l app=web", "error: name cannot be provided when a selector is specified\n", 1],
    ["get svc -o jsonpath={.spec.clusterIP", "error: error parsing jsonpath {.spec.clusterIP, unclosed action\n", 1],
    ["get svc --sort-by=.nope", 'error: couldn\'t find any field with path "{.nope}" in the list of objects\n', 1],
  ])("[GET-10] %s", (line, err, code) => {
    const ran = run(clusterWith(), `${line}`);
    expect([ran.out, ran.err, ran.code]).toEqual(["", err, code]);
  });

  test("[GET-11] what is found is printed before what is missing", () => {
    const ran = run(clusterWith(["web", 80]), "get svc nope web --no-headers");
    expect([ages(ran.out), ran.err, ran.code]).toEqual([
      "web   ClusterIP   10.96.40.80   <none>   80/TCP <age>\n",
      'Error from server (NotFound): services "nope" not found\n',
      1,
    ]);
  });
});

describe("tables", () => {
  // kubectl/get-svc-show-labels-and-label-columns.transcript
  test("[GET-12] label columns are headed by the last part of the key, and may be empty", () => {
    const ran = run(clusterWith(["web", 80]), "get svc -L app,example.com/tier --show-kind");
    expect(ran.out.replace("20m", "5s ").replace(/\d+s/g, "5s")).toBe(
      [
        "NAME                 TYPE        CLUSTER-IP    EXTERNAL-IP   PORT(S)   AGE   APP   TIER",
        "service/kubernetes   ClusterIP   10.96.0.1     <none>        443/TCP   5s          ",
        "service/web          ClusterIP   10.96.40.80   <none>        80/TCP    5s    web   ",
        "",
      ].join("\n"),
    );
  });

  // measured: `kubectl get ep,endpointslices`
  test("[GET-13] several kinds are printed in blocks, named by kind and group, empty kinds left out", () => {
    const ran = run(clusterWith(["web", 80]), "get deploy,svc,sa,endpointslices -l component!=x --no-headers");
    const names = ran.out.split("\n").map((line) => line.split(" ")[0]);
    expect(names).toEqual([
      "service/kubernetes",
      "service/web",
      ...names.filter((name) => name?.startsWith("serviceaccount/")),
      "endpointslice.discovery.k8s.io/kubernetes",
      "",
    ]);
  });

  // endpoints/*.transcript use --sort-by with lists in the path
  test("[GET-14] rows are sorted by the value at a path, numbers as numbers", () => {
    const cluster = clusterWith(["a", 9000], ["b", 80], ["c", 443]);
    expect(run(cluster, "get svc a b c -o name --sort-by=.spec.ports[0].port").out).toBe(
      "service/b\nservice/c\nservice/a\n",
    );
    const rows = run(cluster, "get svc -l app --sort-by={.spec.ports[0].port} --no-headers").out;
    expect(rows.split("\n").map((row) => row[0])).toEqual(["b", "c", "a", undefined]);
  });
});

describe("forms", () => {
  // kubectl/get-svc-custom-columns.transcript, get-svc-list-as-yaml.transcript
  test.each([
    [
      "get svc web -o custom-columns=WHO:.metadata.name,PORTS:.spec.ports[*].port,NO:.spec.no",
      "WHO   PORTS   NO\nweb   80      <none>\n",
    ],
    ["get svc -l tier=nothing -o yaml", 'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n'],
    ["get svc -l tier=nothing -o name", ""],
    ["get svc web -o custom-columns-file=columns.txt", "A     B\nweb   map[app:web]\n"],
    ["get svc web -o jsonpath-file=path.txt", "web"],
    ["get svc web kubernetes -o jsonpath={.items[*].metadata.name}", "web kubernetes"],
    ["get svc web -o jsonpath-as-json={.metadata.name}", '[\n    "web"\n]\n'],
    ["get svc web -o go-template={{.metadata.name}}", "web"],
  ])("[GET-15] %s", (line, out) => {
    const files = { "columns.txt": "A B\nmetadata.name .metadata.labels\n", "path.txt": "{.metadata.name}" };
    expect(run(clusterWith(["web", 80]), line, files).out).toBe(out);
  });

  test("[GET-16] a form that is not known", () => {
    expect(run(clusterWith(["web", 80]), "get svc -o table").err).toBe(
      'error: unable to match a printer suitable for the output format "table", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml\n',
    );
  });
});

describe("watching", () => {
  test("[GET-17] rows follow the changes until it is interrupted", () => {
    const cluster = clusterWith(["web", 80]);
    const ran = run(cluster, "get svc -w -l app -o name");
    cluster.api.delete("services", "default", "web");
    cluster.api.create("services", "default", {
      metadata: { name: "new", labels: { app: "new" } },
      spec: { ports: [{ port: 80 }] },
    });
    expect([ran.out, ran.code]).toEqual(["service/web\nservice/web\nservice/new\n", undefined]);
    ran.interrupt();
    cluster.api.delete("services", "default", "new");
    expect([ran.out, ran.code]).toEqual(["service/web\nservice/web\nservice/new\n", 130]);
  });

  test("[GET-18] the header is printed once, and an object that leaves the selection counts as deleted", () => {
    const cluster = clusterWith(["web", 80]);
    const ran = run(cluster, "get svc -w -l app --output-watch-events");
    const web = cluster.api.get("services", "default", "web");
    cluster.api.update("services", { ...web, metadata: { ...web.metadata, labels: {} } });
    expect(ran.out.split("\n").map((line) => line.split(" ")[0])).toEqual(["EVENT", "ADDED", "DELETED", ""]);
  });
});

// kubectl/api-resources-of-the-kinds-around-services.transcript, docs/semantics.md 5.6
test("[API-1] resources of a group, and a group without any", () => {
  const cluster = clusterWith();
  expect(run(cluster, "api-resources --api-group=discovery.k8s.io").out).toBe(
    "NAME             SHORTNAMES   APIVERSION            NAMESPACED   KIND\nendpointslices                discovery.k8s.io/v1   true         EndpointSlice\n",
  );
  expect(run(cluster, "api-resources --api-group=gateway.networking.k8s.io").out).toBe(
    "NAME   SHORTNAMES   APIVERSION   NAMESPACED   KIND\n",
  );
});

// measured: `kubectl explain svc.spec.ports.targetPort`
test("[EXPLAIN-1] a field with its type", () => {
  const cluster = clusterWith();
  expect(run(cluster, "explain svc.spec.ports.targetPort").out).toMatch(
    /^KIND: {7}Service\nVERSION: {4}v1\n\nFIELD: targetPort <IntOrString>\n\n\nDESCRIPTION:\n/,
  );
  expect(run(cluster, "explain deploy.spec").out).toContain("  template\t<PodTemplateSpec> -required-\n");
  expect(run(cluster, "explain svc.nope").err).toBe('error: field "nope" does not exist\n');
});
