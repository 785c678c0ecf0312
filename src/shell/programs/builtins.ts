// Programs that belong to the console itself: true, false, sleep, clear, date, help.
import { type Program, refuse } from "../program.ts";
import { condition } from "./condition.ts";

const sleep: Program = (words, io) => {
  const match = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(words[1] ?? "");
  if (words[1] === undefined) return refuse(io, "sleep: missing operand");
  if (match === null) return refuse(io, `sleep: invalid time interval '${words[1]}'`);
  const unit = { "": 1, s: 1, m: 60, h: 3600, d: 86400 }[match[2] ?? ""] ?? 1;
  const timer = io.cluster.clock.schedule(Number(match[1]) * unit * 1000, () => io.exit(0));
  io.onInterrupt(() => {
    timer.cancel();
    io.exit(130);
  });
};

const HELP = `This is a simulated console beside a simulated Kubernetes cluster. What it knows:

  kubectl (or k)      apply, create, get, describe, delete, scale, rollout, expose, logs, exec, … (kubectl --help)
  curl, wget          send a request from the laptop; from a pod: kubectl exec POD -- curl URL
  dig, nslookup       ask the cluster's DNS
  ping, nc -zv        try an address, a port
  ssh NODE [COMMAND]  run a command on a node
  sim …               what a cluster hasn't: route, dns, fail, restore, cloud, traffic, rules, set, status
  sleep N             let N seconds of virtual time pass; timeout N COMMAND ends a command that goes on
  grep, head, tail, sort, wc, cut, sed, awk, jq, tee, cat, echo, [ with pipes, > FILE, here-documents, for and while loops
`;

export const BUILTINS: Readonly<Record<string, Program>> = {
  true: (_, io) => io.exit(0),
  false: (_, io) => io.exit(1),
  ":": (_, io) => io.exit(0),
  "[": condition,
  test: condition,
  sleep,
  clear: (_, io) => {
    if (io.screen) io.out("\u001b[H\u001b[2J");
    io.exit(0);
  },
  date: (_, io) => {
    io.out(`${io.cluster.date()}\n`);
    io.exit(0);
  },
  help: (_, io) => {
    io.out(HELP);
    io.exit(0);
  },
  watch: (_, io) => refuse(io, "watch is not simulated: repeat the command, or use kubectl get -w"),
};
