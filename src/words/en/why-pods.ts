// Why pods crash, and why they are not ready.
import { plural, spoken } from "../language.ts";

export const EN = {
  initContainer: "init container",
  notCreated: (which: string, name: string, why: string | undefined) => `its ${which} ${name} can't be created: ${why}`,
  reasonAndFailed: "the reason, and Failed events",
  imagePull: (image: string | undefined) => `its image ${image} cannot be pulled`,
  reasonInEvents: "the reason, in the events",
  setImage: (image: string) => `Set the image to ${image}`,
  removeCommand: "Remove the command to run the image's own program",
  probeKills: (probe: string, says: string, name: string) =>
    `its ${probe} fails (${says}), so the kubelet keeps restarting container ${name}`,
  removeProbe: (probe: string) => `Remove the ${probe}`,
  addressIn: (name: string) => `the address in ${name}`,
  howExited: "how it exited",
  noServiceLinks: "Set enableServiceLinks to false",
  probeNow: "Probe immediately (initialDelaySeconds 0)",
  setPath: (field: string) => `Set the path of the ${field} to /`,
  setPort: (field: string, port: number) => `Set the port of the ${field} to ${port}`,
  setScheme: (field: string) => `Set the scheme of the ${field} to HTTP`,
  fitsNowhere: (why: string) => `it fits on no node (${why})`,
  schedulingEvents: "FailedScheduling events",
  itsConditions: "its conditions",
  removeNodeSelector: (labels: string) => `Remove the nodeSelector ${labels}`,
  uncordon: (name: string | undefined) => `Uncordon ${name}`,
  noScheduler: (name: string) => `it waits for the scheduler ${name}, but no scheduler with that name runs here`,
  defaultScheduler: "Use the default scheduler",
  removeRequest: (short: string, name: string) => `Remove the ${short} that container ${name} requests`,
  nodeLeft: (node: string) => `${node}, where it ran, has left the cluster`,
  noNode: (node: string) => `no ${node}`,
  deleteNow: (name: string) => `Delete ${name} now`,
  noPower: (node: string) => `${node}, where it runs, has no power`,
  notReadyLater: (node: string) => `${node} NotReady, once the control plane notices`,
  switchOn: (node: string) => `Switch ${node} on`,
  overridden: "its containers run, but its readiness is overridden to not ready",
  brokenOnPurpose: "what is broken on purpose",
  probeAgain: (name: string) => `Let the readiness probe of ${name} succeed again`,
  initRuns: (name: string, words: string) =>
    `its init container ${name} is still running${words}, and no other container starts until it ends`,
  removeInit: (name: string) => `Remove the init container ${name}`,
  gates: (n: number, names: string) => `nothing has set its readiness ${n === 1 ? "gate" : "gates"} ${names} to True`,
  waiting: (for_: string) => `waiting: ${for_}`,
  stateAndEvents: "its state and its events",
  starting: (phase: string) => `it is still starting (${phase})`,
  been: (phase: string, seconds: number, why: string | undefined) =>
    `it has been ${phase} for ${seconds} s${why === undefined ? ", for no known reason" : ` (${why})`}`,
  keepsExiting: (which: string, n: number, what: string, unstarted: string | undefined, code: number) =>
    `${which} keeps exiting (${plural(n, { one: "# restart", other: "# restarts" })}): ${what} ${unstarted === undefined ? "exited" : `can't be started (${unstarted}), which counts as exiting`} with exit code ${code}`,
  programOf: (image: string | undefined) => `the program of ${image}`,
  itsCommand: (words: string) => `its command ${words}`,
  clash: (container: string, name: string, value: string, service: string, code: number) =>
    `its container ${container} reads its port from ${name}, but the kubelet sets ${name}=${value} for Service ${service}, and it exits with code ${code}`,
  endsInError: (what: string) => `ends in error (${what})`,
  fails: (what: string) => `fails (${what})`,
  probeFails: (field: string, fails: string, port: number | undefined) =>
    `its ${field} ${fails}${port === undefined ? "" : `; the program listens on 127.0.0.1:${port} only`}`,
  notRunYet: (field: string, delay: number, name: string, runs: number) =>
    `its ${field} hasn't run yet: initialDelaySeconds is ${delay}, so the kubelet waits ${delay} s after container ${name} starts, and it has run for ${runs} s`,
  notPassedYet: (field: string, period: number, needed: number, name: string, runs: number) =>
    `its ${field} hasn't passed yet: it runs every ${period} s (periodSeconds)${needed > 1 ? ` and must pass ${needed} times (successThreshold)` : ""}, and container ${name} has run for ${runs} s`,
  listedUnready: (n: number) =>
    `The EndpointSlice lists ${n === 1 ? "the pod" : "the pods"} with ready: false, and no node's rules use ${n === 1 ? "it" : "them"}.`,
  unlisted: (n: number) => `Without an address ${n === 1 ? "it is" : "they are"} in no EndpointSlice.`,
  othersTake: "The other pods take all the traffic.",
  notReady: (n: number, why: string) =>
    `${n === 0 ? "No pod is ready" : `${plural(n, { one: "# pod", other: "# pods" })} not ready`}: ${why}`,
  matchButUnready: (names: string, n: number, service: string, why: string) =>
    `${n === 1 ? `Pod ${names} matches` : `Pods ${names} match`} the selector of Service ${service} but ${n === 1 ? "is" : "are"} not ready: ${why}.`,
};

export const W = spoken("why-pods", EN);
