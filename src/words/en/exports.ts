// What is taken along from "Share": the picture, and the scenario for a real cluster.
import { spoken } from "../language.ts";

export const EN = {
  drawing: "What draws the picture",
  group: "Take it along",
  svg: "Picture (SVG)",
  png: "Picture (PNG)",
  real: "For a real cluster",
  realNote: "A shell script with the YAML, a cluster of kind, and the commands that run it.",
  saved: (file: string) => `${file} has been saved.`,
  failed: "This browser could not make the PNG; the SVG has the same content.",
  title: "A Kubernetes cluster, simulated by Podpath",
  script: {
    about: "Runs what Podpath showed on a real cluster, made by kind on this machine.",
    needs: "It needs docker, kind and kubectl. Podpath behaves like Kubernetes 1.36; the version here is that of kind.",
    ports:
      "On a real machine a node of kind is a container. On Linux its address can be reached; with Docker Desktop on macOS and Windows it can't, so each nodePort is also mapped to localhost.",
    local:
      "Only this node's ports are mapped. With externalTrafficPolicy: Local it answers only if one of the pods runs on it.",
    cloud: "A Service of type LoadBalancer stays <pending> until cloud-provider-kind runs; its nodePort works without.",
    ingress: "An Ingress does nothing until an ingress controller is installed.",
    send: "A request from this machine",
    inside: "A request from inside the cluster",
    away: "Removes all of it:",
  },
};

export const W = spoken("exports", EN);
