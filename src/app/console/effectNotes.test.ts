// Notes on what a command stored without effect.

import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { EffectNotes } from "./effectNotes.ts";

test("[DIAG-48] a command is followed by a note on what it stored without effect, once", () => {
  const cluster = createCluster({
    addons: ALL_KINDS,
    seed: "notes",
    settings: { ...SHELL_SETTINGS, networkPolicies: false },
  });
  const notes = new EffectNotes();
  expect(notes.ended(cluster)).toEqual([]);
  notes.begins(cluster);
  cluster.api.create("networkpolicies.networking.k8s.io", "default", {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "default-deny" },
    spec: { podSelector: {}, policyTypes: ["Ingress"] },
  });
  expect(notes.ended(cluster)).toEqual([
    expect.stringMatching(/^Note: NetworkPolicy default-deny is stored but has no effect here\./),
  ]);
  expect(notes.ended(cluster)).toEqual([]);
  notes.begins(cluster);
  expect(notes.ended(cluster)).toEqual([]);
});
