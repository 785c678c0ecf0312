// What is said about the fields of Deployments.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Deployment: {
    "": "Keeps a number of identical pods, and replaces them step by step when their template changes.",
    spec: "How many pods, from which template, and how they are replaced.",
    status: "The current state.",
  },
  DeploymentSpec: {
    minReadySeconds: "How long a new pod must be ready before it counts as available.",
    paused: "Whether changes to the template are held back.",
    progressDeadlineSeconds: "How many seconds without progress make a rollout count as failed; default 600.",
    replicas: "How many pods; default 1.",
    revisionHistoryLimit: "How many old ReplicaSets are kept for rollbacks; default 10.",
    selector: "Labels of its pods. It must match the template and can't change.",
    strategy: "RollingUpdate (default): step by step. Recreate: all old pods are stopped first.",
    template: "The template for the pods.",
  },
  DeploymentStrategy: {
    rollingUpdate: "How large the steps are.",
    type: "RollingUpdate (default): step by step. Recreate: all old pods are stopped first.",
  },
  RollingUpdateDeployment: {
    maxSurge:
      "How many pods above the desired number may exist during an update: a number or a percentage; default 25%.",
    maxUnavailable: "How many pods may be unavailable during an update: a number or a percentage; default 25%.",
  },
};
