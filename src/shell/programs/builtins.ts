// Programs that belong to the console itself.
import { type Program, refuse } from "../program.ts";

const HELP = `This is a simulated console for a simulated Kubernetes cluster. It has:

  kubectl (or k)      apply, create, get, describe, delete, scale, rollout, expose, logs, exec, … (kubectl --help)
  curl, wget          send a request from the laptop; from a pod: kubectl exec POD -- curl URL
  dig, nslookup       ask the cluster's DNS
  ping, nc -zv        try an address, a port
  ssh NODE [COMMAND]  run a command on a node
  sim …               control the simulation: route, dns, fail, restore, cloud, traffic, rules, set, status
  sleep N             let N seconds of virtual time pass; timeout N COMMAND stops a command that keeps running
  grep, sort, cut, sed, awk, jq, xargs, column, diff, … with pipes, > FILE, here-documents, loops, functions, case, arithmetic, {1..3}, traps
`;

export const BUILTINS: Readonly<Record<string, Program>> = {
  help: (_, io) => {
    io.out(HELP);
    io.exit(0);
  },
  watch: (_, io) => refuse(io, "watch is not simulated: repeat the command, or use kubectl get -w"),
};
