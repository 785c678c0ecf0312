// A server alone for tests: no controllers, no kubelets; and what it says to a request.
import { ALL_KINDS, knowAllStructs } from "../../kinds/index.ts";
import { LabelTopologyRegion, LabelTopologyZone } from "../api/well-known.ts";
import { StatusError } from "../apimachinery/errors.ts";
import { fieldErrorText } from "../apimachinery/field-error-text.ts";
import { Clock } from "../sim/clock.ts";
import { Rng } from "../sim/rng.ts";
import { SHELL_SETTINGS } from "../sim/settings.ts";
import { bootstrap } from "./bootstrap.ts";
import { ApiServer } from "./server.ts";

export function server(): ApiServer {
  const api = new ApiServer({ clock: new Clock(), rng: new Rng("test"), settings: () => SHELL_SETTINGS });
  for (const { strategies } of ALL_KINDS.flatMap(({ kinds = [] }) => kinds)) api.kinds.provide(strategies ?? {});
  knowAllStructs();
  bootstrap(api, SHELL_SETTINGS);
  const labels = { [LabelTopologyZone]: "zone-a", [LabelTopologyRegion]: "region-1" };
  api.create("nodes", undefined, { apiVersion: "v1", kind: "Node", metadata: { name: "node-1", labels } });
  return api;
}

export function words(action: () => { warnings: readonly string[] }): string[] {
  try {
    return ["accepted", ...action().warnings];
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { causes, reason, message } = error.status;
    return causes.length > 0 ? causes.map(fieldErrorText) : [`${reason}: ${message}`];
  }
}

export const MAIN = { name: "main", image: "shop:1" };
export const LABELS = { app: "shop" };
export const POD = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" } };
export const pod = (spec: object) => ({ ...POD, spec: { containers: [MAIN], ...spec } });
export const workload = (kind: string, spec: object, apiVersion = "apps/v1") => ({
  apiVersion,
  kind,
  metadata: { name: "w" },
  spec: {
    selector: { matchLabels: LABELS },
    template: { metadata: { labels: LABELS }, spec: { containers: [MAIN] } },
    ...spec,
  },
});
export const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
