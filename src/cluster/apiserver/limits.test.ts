// What the simulation bears is reported as a quota would tell it.
import { expect, test } from "vitest";
import { MAIN, server, words } from "./trial.ts";

test("[BOOT-3] past 21,000 pods and 20,000 of another kind the next one is refused, and one deleted makes room", () => {
  const api = server();
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { generateName: "p-" }, spec: { containers: [MAIN] } };
  const map = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } });
  for (let i = 0; i < 21_000; i++)
    api.create("pods", "default", { ...pod, metadata: { name: `p-${i}` } }, { trusted: true });
  const refusal =
    'Forbidden: pods "p-" is forbidden: exceeded quota: podpath-simulation, requested: pods=1, used: pods=21000, limited: pods=21000';
  expect(words(() => api.create("pods", "default", pod, { trusted: true }))).toEqual([refusal]);
  expect(words(() => api.create("pods", "default", pod))).toEqual([refusal]);
  api.delete("pods", "default", "p-0", { gracePeriodSeconds: 0 });
  expect(words(() => api.create("pods", "default", pod))).toEqual(["accepted"]);

  const some = api.store.count("configmaps");
  for (let i = some; i < 20_000; i++) api.create("configmaps", "default", map(`m-${i}`), { trusted: true });
  expect(words(() => api.create("configmaps", "default", map("late")))).toEqual([
    'Forbidden: configmaps "late" is forbidden: exceeded quota: podpath-simulation, requested: count/configmaps=1, used: count/configmaps=20000, limited: count/configmaps=20000',
  ]);
});
