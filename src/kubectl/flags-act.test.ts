// Every flag of every kubectl command acts, is refused by name, or is listed here with the reason why nothing of it can be seen.

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import type { Command } from "./command.ts";
import { KUBECTL_FLAGS } from "./flags.gen.ts";
import { type Flag, GLOBAL_FLAGS, ownFlags, ParsedArgs } from "./flags.ts";
import { runKubectl } from "./run.ts";
import { COMMANDS } from "./table.ts";

const POD =
  "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {nodeName: node-1, containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}], volumes: [{name: v, emptyDir: {}}]}\n";

const DAEMONS =
  "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: agent}\nspec: {selector: {matchLabels: {app: agent}}, template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: c, image: nginx}]}}}\n";

/** What is typed behind each command; the flag under test follows. */
const BASES: Readonly<Record<string, readonly string[]>> = {
  "kubectl annotate": ["pod/web", "a=b"],
  "kubectl api-resources": [],
  "kubectl cluster-info dump": [],
  "kubectl config view": [],
  "kubectl events": [],
  "kubectl apply": ["-f", "web.yaml"],
  "kubectl apply edit-last-applied": ["pod/web"],
  "kubectl apply set-last-applied": ["-f", "web.yaml", "--create-annotation"],
  "kubectl apply view-last-applied": ["pod/web"],
  "kubectl auth can-i": ["get", "pods"],
  "kubectl autoscale": ["deployment/shop", "--max=3"],
  "kubectl config set-context": ["--current"],
  "kubectl config use-context": ["podpath"],
  "kubectl cordon": ["node-1"],
  "kubectl create": ["-f", "web.yaml"],
  "kubectl create clusterrole": ["x", "--verb=get", "--resource=pods"],
  "kubectl create clusterrolebinding": ["x", "--clusterrole=view"],
  "kubectl create cronjob": ["x", "--image=nginx", "--schedule=* * * * *"],
  "kubectl create deployment": ["x", "--image=nginx"],
  "kubectl create ingress": ["x", "--rule=a/b=c:80"],
  "kubectl create job": ["x", "--image=nginx"],
  "kubectl create poddisruptionbudget": ["x", "--selector=a=b", "--min-available=1"],
  "kubectl create priorityclass": ["x", "--value=5"],
  "kubectl create role": ["x", "--verb=get", "--resource=pods"],
  "kubectl create rolebinding": ["x", "--role=view"],
  "kubectl create secret docker-registry": ["x", "--docker-username=a", "--docker-password=b"],
  "kubectl create secret tls": ["x", "--cert=web.yaml", "--key=web.yaml"],
  "kubectl create service clusterip": ["x", "--tcp=80"],
  "kubectl create service externalname": ["x", "--external-name=a.example"],
  "kubectl create service loadbalancer": ["x", "--tcp=80"],
  "kubectl create service nodeport": ["x", "--tcp=80"],
  "kubectl create token": ["default"],
  "kubectl delete": ["pod/web"],
  "kubectl describe": ["pod", "web"],
  "kubectl diff": ["-f", "web.yaml"],
  "kubectl drain": ["node-1", "--force", "--delete-emptydir-data", "--ignore-daemonsets"],
  "kubectl edit": ["pod/web"],
  "kubectl exec": ["web", "--", "env"],
  "kubectl explain": ["pods"],
  "kubectl expose": ["pod/web", "--port=80"],
  "kubectl get": ["pods"],
  "kubectl label": ["pod/web", "a=b"],
  "kubectl logs": ["web"],
  "kubectl patch": ["pod/web", '--patch={"metadata":{"labels":{"x":"y"}}}'],
  "kubectl port-forward": ["pod/web", "8080:80"],
  "kubectl replace": ["-f", "web.yaml"],
  "kubectl rollout history": ["deployment/shop"],
  "kubectl rollout pause": ["deployment/shop"],
  "kubectl rollout restart": ["deployment/shop"],
  "kubectl rollout resume": ["deployment/shop"],
  "kubectl rollout status": ["deployment/shop"],
  "kubectl rollout undo": ["deployment/shop"],
  "kubectl run": ["x", "--image=nginx"],
  "kubectl scale": ["deployment/shop", "--replicas=2"],
  "kubectl set env": ["deployment/shop", "A=b"],
  "kubectl set image": ["deployment/shop", "nginx=nginx:1.29"],
  "kubectl set resources": ["deployment/shop", "--limits=cpu=1"],
  "kubectl set selector": ["service/shop", "a=b"],
  "kubectl set serviceaccount": ["deployment/shop", "default"],
  "kubectl taint": ["node", "node-1", "a=b:NoSchedule"],
  "kubectl top node": [],
  "kubectl top pod": [],
  "kubectl uncordon": ["node-1"],
  "kubectl wait": ["pods", "--all", "--for=condition=Ready"],
};

/** A value that lets the command go on; by type for the other flags. */
const VALUES: Readonly<Record<string, string>> = {
  output: "name",
  "dry-run": "client",
  validate: "warn",
  cascade: "orphan",
  filename: "web.yaml",
  context: "podpath",
  cluster: "podpath",
  user: "learner",
  server: "https://192.168.1.2:6443",
  for: "create",
  type: "merge",
  selector: "app=web",
  raw: "/version",
  subresource: "status",
  overrides: "{}",
};

/** What else must be typed for a flag to mean anything. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  "allow-missing-template-keys": ["-o=jsonpath={.kind}"],
  "show-managed-fields": ["-o=json"],
  template: ["-o="],
  recursive: ["-f=."],
  "override-type": ["--overrides={}"],
  keys: ["--from=configmap/kube-root-ca.crt"],
  prefix: ["--from=configmap/kube-root-ca.crt"],
  "prune-allowlist": ["--prune", "--all"],
  "grace-period": ["--force"],
  timeout: ["--force"],
  "create-annotation": [],
  cascade: ["--force"],
  "pod-running-timeout": ["--attach"],
  quiet: ["--attach", "--", "env"],
  command: ["--", "env"],
  "leave-stdin-open": ["-i"],
};

/** Flags that kubectl itself has without any difference in what it prints or does on one cluster, and ours. */
const UNSEEN: Readonly<Record<string, string>> = {
  "cache-dir": "where discovery is kept on disk",
  "disable-compression": "how answers travel",
  "insecure-skip-tls-verify": "the connection is trusted either way",
  "log-flush-frequency": "when log lines are flushed",
  "match-server-version": "client and server are of one version",
  "profile-output": "where a profile would go; no profile is taken",
  "chunk-size": "how many objects travel at once",
  cached: "whether discovery is read from disk",
  merge: "there is one kubeconfig file",
  flatten: "the kubeconfig holds no files",
  raw: "the kubeconfig holds no secrets",
  minify: "the kubeconfig holds one context",
  concurrency: "how many objects are compared at once",
  "windows-line-endings": "not looked at without --edit",
  "insecure-skip-tls-verify-backend": "the kubelet is trusted either way",
  "openapi-patch": "which of two equal ways makes the patch",
};

/** The same of one command alone. */
const UNSEEN_OF: Readonly<Record<string, string>> = {
  "kubectl apply wait": "kubectl itself never looks at it",
  "kubectl replace wait": "what is recreated must be gone first in any case",
  "kubectl auth can-i all-namespaces": "the answer is yes anywhere",
  "kubectl auth can-i subresource": "the answer is yes for any",
  "kubectl auth can-i no-headers": "means something with --list, which is refused",
  "kubectl exec tty": "the console is the terminal",
};

function commandsBelow(commands: readonly Command[], path: string): Array<readonly [string, Command]> {
  return commands.flatMap((command) => {
    const own = `${path} ${command.name}`;
    return [[own, command] as const, ...commandsBelow(command.subcommands ?? [], own)];
  });
}

const all = commandsBelow(COMMANDS, "kubectl");
let read = new Set<string>();
let tried = 0;
const READERS = ["string", "bool", "int", "duration", "list", "changed"] as const;

beforeAll(() => {
  for (const reader of READERS) {
    const original: (this: ParsedArgs, name: string) => unknown = ParsedArgs.prototype[reader];
    vi.spyOn(ParsedArgs.prototype, reader).mockImplementation(function (this: ParsedArgs, name: string) {
      read.add(name);
      return original.call(this, name) as never;
    });
  }
});
afterAll(() => vi.restoreAllMocks());

function typed({ name, type }: Flag): string {
  if (type === "bool") return `--${name}`;
  const other = type === "int" ? "1" : type === "duration" ? "1s" : "x";
  return `--${name}=${VALUES[name] ?? other}`;
}

const ATTACHED = ["--rm", "--attach", "--", "env"];
const TOGETHER_OF: Readonly<Record<string, readonly string[]>> = {
  "kubectl run grace-period": ATTACHED,
  "kubectl run timeout": ATTACHED,
};
const KNOWN_WITHOUT = new Set(["kubectl exec quiet", "kubectl auth can-i quiet"]);
const flagsOf = (path: string) => all.find(([each]) => each === path)?.[1].flags ?? [];
const isFlag = (word: string, { name, short }: Flag) =>
  word === "--" || word.split("=")[0] === `--${name}` || word.startsWith(`-${short ?? "?"}`);

/** A cluster on which the commands of one path are tried, one by one. */
class Trial {
  readonly #cluster = createCluster({
    addons: ALL_KINDS,
    seed: "flags",
    settings: { ...SHELL_SETTINGS, metricsServer: true },
  });
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#cluster.advance(100);
    this.#run(["create", "deployment", "shop", "--image=nginx"]);
    this.#run(["expose", "deployment/shop", "--port=80"]);
  }

  /** Whether the flag was looked at, or was refused by name. */
  acts(flag: Flag): boolean {
    this.#prepare();
    read = new Set();
    const text = this.#run([...this.#path.split(" ").slice(1), ...lineOf(this.#path, flag)], 50);
    return read.has(flag.name) || text.includes(`--${flag.name}`) || text.includes("not simulated");
  }

  #prepare(): void {
    const path = this.#path;
    if (/ (?:create|apply|diff|run)$/.test(path)) this.#run(["delete", "pod", "--all", "--force"]);
    else this.#run([path.endsWith("set-last-applied") ? "create" : "apply", "-f", "web.yaml"]);
    if (path.endsWith("drain")) this.#run(["apply", "-f", "ds.yaml"]);
    if (path.endsWith("resume")) this.#run(["rollout", "pause", "deployment/shop"]);
    if (path.endsWith("undo")) this.#run(["set", "image", "deployment/shop", `nginx=nginx:${this.#cluster.clock.now}`]);
    this.#cluster.advance(path.includes(" top ") ? 20_000 : 2_000);
  }

  #run(words: readonly string[], forMs = 0): string {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    let interrupt = () => {};
    runKubectl(words, {
      cluster: this.#cluster,
      files: new Map([
        ["web.yaml", POD],
        ["ds.yaml", DAEMONS],
      ]),
      stdin: POD,
      namespace: "default",
      out: write,
      err: write,
      exit: () => {},
      onInterrupt: (stop) => {
        interrupt = stop;
      },
      setNamespace: () => {},
      runProgram: (_at, _argv, io) => io.exit(0),
      edit: ({ text: draft }, done) => done(draft.replace(/image: \S+/, `image: nginx:${this.#cluster.clock.now}`)),
    });
    this.#cluster.advance(this.#path.endsWith(" run") ? 20 * forMs : forMs);
    interrupt();
    return text;
  }
}

/** What is typed behind the command to try a flag. */
function lineOf(path: string, flag: Flag): string[] {
  const base = BASES[path] ?? ["x"];
  const dash = base.indexOf("--");
  const known = ownFlags(path, flagsOf(path));
  const together = KNOWN_WITHOUT.has(`${path} ${flag.name}`)
    ? []
    : (TOGETHER_OF[`${path} ${flag.name}`] ?? TOGETHER[flag.name] ?? []);
  const own = together.filter((word) => known.some((each) => isFlag(word, each)) || !word.startsWith("-"));
  const front = dash < 0 ? base : base.slice(0, dash);
  const files = flag.name === "recursive" && known.some(({ name }) => name === "filename");
  const named = (word: string) => (word === "x" ? `x${tried++}` : word);
  return [
    ...(files ? front.filter((word) => /^--|=|^default$/.test(word)) : front.map(named)),
    typed(flag),
    ...own,
    ...(dash < 0 ? [] : base.slice(dash)),
  ];
}

const UNREAD_COMMANDS = /^kubectl (?:config (?:current-context|get-clusters|get-users)|cluster-info|api-versions)$/;

test("every command of kubectl is here, acting or refusing", () => {
  const known = new Set(all.map(([path]) => path));
  const absent = all.filter(([, { absent: is }]) => is === true).map(([path]) => path);
  const missing = [...KUBECTL_FLAGS.keys()].filter(
    (path) => path !== "kubectl" && !known.has(path) && !absent.some((each) => path.startsWith(`${each} `)),
  );
  expect(missing).toEqual([]);
});

test.each(all.filter(([path, { absent }]) => absent !== true && !UNREAD_COMMANDS.test(path)))(
  "[FLAGS-1] each flag of %s acts or is refused",
  (path, { flags, subcommands }) => {
    if (subcommands !== undefined && flags.length === 0) return;
    const fresh = /(?:last-applied|drain|run|wait|replace|pause)$/.test(path);
    const shared = new Trial(path);
    const trialFor = () => (fresh ? new Trial(path) : shared);
    const isSeen = ({ name }: Flag) => UNSEEN[name] === undefined && UNSEEN_OF[`${path} ${name}`] === undefined;
    const ignored = ownFlags(path, flags).filter((flag) => isSeen(flag) && !trialFor().acts(flag));
    expect(ignored.map(({ name }) => name)).toEqual([]);
  },
);

test("[FLAGS-2] every global flag acts, is refused, or is listed", () => {
  const trial = new Trial("kubectl get");
  const ignored = GLOBAL_FLAGS.filter((flag) => UNSEEN[flag.name] === undefined && !trial.acts(flag));
  expect(ignored.map(({ name }) => name)).toEqual([]);
});
