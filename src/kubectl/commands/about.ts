// `kubectl version|cluster-info|config|top|auth` and what is not simulated.
import { toYaml } from "../../manifest/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../errors.ts";
import { goJson } from "../json.ts";

/** The kubectl whose words are spoken here. */
const CLIENT_VERSION = "v1.36.4";
const CONTEXT = "podpath";
const SERVER = "https://192.168.1.11:6443";

export const version: Command = {
  name: "version",
  usage: "",
  summary: "Print the client and server version information",
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
  summary: "Display cluster information",
  flags: [],
  subcommands: [
    {
      name: "dump",
      usage: "",
      summary: "Print how the cluster is set up",
      flags: [
        { name: "all-namespaces", short: "A", type: "bool" },
        { name: "output", short: "o", type: "string", default: "json" },
      ],
      run(_, io) {
        const { serviceCIDR, podCIDR, nodePortRange } = io.cluster.settings;
        const command = [
          "kube-apiserver",
          `--service-cluster-ip-range=${serviceCIDR}`,
          `--service-node-port-range=${nodePortRange.from}-${nodePortRange.to}`,
        ];
        const items = io.cluster.api.list("nodes");
        io.out(`${goJson({ kind: "NodeList", apiVersion: "v1", items })}\n`);
        io.out(
          `${goJson({ command })}\n${goJson({ command: ["kube-controller-manager", `--cluster-cidr=${podCIDR}`, `--service-cluster-ip-range=${serviceCIDR}`] })}\n`,
        );
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

export const config: Command = {
  name: "config",
  usage: "SUBCOMMAND",
  summary: "Look at the kubeconfig, choose the namespace",
  flags: [],
  subcommands: [
    {
      name: "current-context",
      usage: "",
      summary: "Display the current-context",
      flags: [],
      run(_, io) {
        io.out(`${CONTEXT}\n`);
        io.exit(0);
      },
    },
    {
      name: "view",
      usage: "",
      summary: "Display merged kubeconfig settings",
      flags: [
        { name: "minify", type: "bool" },
        { name: "output", short: "o", type: "string", default: "yaml" },
      ],
      run(_, io) {
        const namespace = io.namespace === "default" ? {} : { namespace: io.namespace };
        io.out(
          toYaml({
            apiVersion: "v1",
            clusters: [{ cluster: { server: SERVER }, name: CONTEXT }],
            contexts: [{ context: { cluster: CONTEXT, ...namespace, user: "learner" }, name: CONTEXT }],
            "current-context": CONTEXT,
            kind: "Config",
            users: [{ name: "learner", user: {} }],
          }),
        );
        io.exit(0);
      },
    },
    {
      name: "get-contexts",
      usage: "",
      summary: "Describe the contexts",
      flags: [],
      run(_, io) {
        const namespace = io.namespace === "default" ? "" : io.namespace;
        io.out(
          `CURRENT   NAME      CLUSTER   AUTHINFO   NAMESPACE\n*         ${CONTEXT}   ${CONTEXT}   learner    ${namespace}\n`,
        );
        io.exit(0);
      },
    },
    {
      name: "set-context",
      usage: "--current --namespace=NAMESPACE",
      summary: "Choose the namespace of the context",
      flags: [{ name: "current", type: "bool" }],
      run(args, io) {
        if (!args.bool("current") && args.positional[0] !== CONTEXT)
          throw new CommandError("there is one context here: use --current");
        if (io.setNamespace === undefined) throw new CommandError("the namespace cannot be chosen here");
        if (args.changed("namespace")) io.setNamespace(args.string("namespace"));
        io.out(`Context "${CONTEXT}" modified.\n`);
        io.exit(0);
      },
    },
  ],
  run(_, io) {
    io.out("Look at the kubeconfig: current-context, get-contexts, set-context, view\n");
    io.exit(0);
  },
};

/** A command that exists in kubectl but not here; it says so. */
function notSimulated(name: string, message: string): Command {
  return {
    name,
    usage: "",
    summary: "Not simulated here",
    flags: [],
    run() {
      throw new CommandError(message);
    },
  };
}

export const NOT_SIMULATED: readonly Command[] = [
  notSimulated("top", "Metrics API not available"),
  notSimulated(
    "edit",
    "kubectl edit is not simulated here: change the object in the YAML editor, or use kubectl patch, kubectl set or kubectl apply -f",
  ),
  notSimulated("attach", "kubectl attach is not simulated: use kubectl exec or kubectl logs"),
  notSimulated("cp", "kubectl cp is not simulated: containers have no files of their own here"),
  notSimulated("debug", "kubectl debug is not simulated: use kubectl run --rm -it or kubectl exec"),
  notSimulated(
    "proxy",
    "kubectl proxy is not simulated here: kubectl get --raw asks the API server, kubectl port-forward leads to a pod",
  ),
  notSimulated(
    "certificate",
    "kubectl certificate is not simulated here: nobody signs certificates, and connections need none",
  ),
  notSimulated("completion", "kubectl completion is not simulated here: the console completes by itself, with Tab"),
  notSimulated("plugin", "kubectl plugin is not simulated here: the commands of kubectl help are all there is"),
  notSimulated("alpha", "kubectl alpha is not simulated here: the commands of kubectl help are all there is"),
  notSimulated("kustomize", "kubectl kustomize is not simulated: give the finished manifests with -f"),
];
