// `kubectl version|cluster-info` and what is not simulated.

import { resourceInfo } from "../../cluster/index.ts";
import { toYaml } from "../../manifest/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { SERVER } from "../global-flags.ts";
import type { CommandIO } from "../io.ts";
import { goJson } from "../json.ts";
import { absent } from "./absent.ts";
import { listAnswer } from "./raw.ts";

/** The kubectl whose words are spoken here. */
const CLIENT_VERSION = "v1.36.4";

export const version: Command = {
  name: "version",
  usage: "",
  summary: "Tell the versions of kubectl and of the cluster",
  flags: [
    { name: "client", type: "bool" },
    { name: "output", short: "o", type: "string" },
  ],
  run(args, io) {
    const { version: server } = io.cluster.settings;
    const form = args.string("output");
    const value = {
      clientVersion: { gitVersion: CLIENT_VERSION },
      ...(args.bool("client") ? {} : { serverVersion: { gitVersion: server } }),
    };
    if (form === "yaml") io.out(toYaml(value));
    else if (form === "json") io.out(`${goJson(value).replace(/^ +/gm, (blanks) => " ".repeat(blanks.length / 2))}\n`);
    else if (form !== "") throw new CommandError("--output must be 'yaml' or 'json'");
    else
      io.out(
        `Client Version: ${CLIENT_VERSION}\nKustomize Version: v5.7.1\n${args.bool("client") ? "" : `Server Version: ${server}\n`}`,
      );
    io.exit(0);
  },
};

export const clusterInfo: Command = {
  name: "cluster-info",
  usage: "",
  summary: "Tell where the API server and DNS answer",
  flags: [],
  subcommands: [
    {
      name: "dump",
      usage: "",
      summary: "Nodes, objects and how the control plane was started, in full",
      flags: [
        { name: "all-namespaces", short: "A", type: "bool", help: "All namespaces." },
        { name: "namespaces", type: "list", help: "These namespaces; else kube-system and the current one." },
        { name: "output", short: "o", type: "string", default: "json" },
      ],
      run(args, io) {
        const form = args.string("output");
        if (form !== "json") throw new CommandError(`not simulated here: --output=${form}; json is`);
        dump(args.bool("all-namespaces") ? undefined : args.list("namespaces"), io);
        io.exit(0);
      },
    },
  ],
  run(_, io) {
    io.out(`Kubernetes control plane is running at ${SERVER}\n`);
    if (io.cluster.settings.coredns)
      io.out(`CoreDNS is running at ${SERVER}/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n`);
    io.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    io.exit(0);
  },
};

const DUMPED = [
  "events",
  "replicationcontrollers",
  "services",
  "daemonsets.apps",
  "deployments.apps",
  "replicasets.apps",
  "pods",
] as const;

/** Nodes, how the control plane was started, and the objects of the namespaces; of all when undefined. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/clusterinfo ClusterInfoDumpOptions.Run
// Unlike upstream: no logs, because the programs here write none of their own; and the command lines of the control plane, which kubeadm's clusters show in their pods, are listed separately, because the control plane here has no pods.
function dump(named: readonly string[] | undefined, io: CommandIO): void {
  const { serviceCIDR, podCIDR, nodePortRange } = io.cluster.settings;
  const print = (value: unknown) => io.out(`${goJson(value)}\n`);
  const listed = (resource: string, namespace?: string) => print(listAnswer(resourceInfo(resource), namespace, io));
  listed("nodes");
  print({
    command: [
      "kube-apiserver",
      `--service-cluster-ip-range=${serviceCIDR}`,
      `--service-node-port-range=${nodePortRange.from}-${nodePortRange.to}`,
    ],
  });
  const controllerManager = ["kube-controller-manager", `--cluster-cidr=${podCIDR}`];
  print({ command: [...controllerManager, `--service-cluster-ip-range=${serviceCIDR}`] });
  const some = named !== undefined && named.length > 0 ? named : ["kube-system", io.namespace];
  const all = io.cluster.api.list("namespaces").map(({ metadata }) => metadata.name ?? "");
  for (const namespace of named === undefined ? all : new Set(some))
    for (const resource of DUMPED) listed(resource, namespace);
}

export const NOT_SIMULATED: readonly Command[] = [
  absent(
    "attach",
    "Look into a container that runs",
    "kubectl attach is not simulated: use kubectl exec or kubectl logs",
  ),
  absent(
    "cp",
    "Carry files into containers and out of them",
    "kubectl cp is not simulated: use kubectl exec POD -- cat FILE, or kubectl exec -i POD -- sh -c 'cat > FILE' < FILE",
  ),
  absent(
    "debug",
    "Put a container with tools beside others",
    "kubectl debug is not simulated: use kubectl run --rm -it or kubectl exec",
  ),
  absent(
    "proxy",
    "Serve the API on a port of the laptop",
    "kubectl proxy is not simulated here: kubectl get --raw asks the API server, kubectl port-forward leads to a pod",
  ),
  absent(
    "kuberc",
    "Look after kubectl's own preferences",
    "kubectl kuberc is not simulated here: kubectl has no preferences of its own",
  ),
  absent(
    "certificate",
    "Approve or deny certificate requests",
    "kubectl certificate is not simulated here: nothing signs certificates, and connections need none",
  ),
  absent(
    "completion",
    "Make a shell complete kubectl's words",
    "kubectl completion is not simulated here: the console completes by itself, with Tab",
  ),
  absent(
    "plugin",
    "List plugins",
    "kubectl plugin is not simulated here: the commands of kubectl help are all there is",
  ),
  absent(
    "alpha",
    "Commands on trial",
    "kubectl alpha is not simulated here: the commands of kubectl help are all there is",
  ),
  absent(
    "kustomize",
    "Put manifests together from parts",
    "kubectl kustomize is not simulated: give the finished manifests with -f",
  ),
];
