// Texts that are applied: kubectl answers in its own style, and what is refused leaves nothing behind.

import fc from "fast-check";
import { type Cluster, createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import { gatewayController } from "../../gateway/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { runKubectl } from "../../kubectl/index.ts";
import { parseManifest } from "../../manifest/index.ts";
import { MANIFESTS } from "../manifests.ts";
import { mutated, restructured } from "../mutate.ts";
import { target } from "../target.ts";
import { checkAnswer, checkMishaps, checkPrototypes } from "../walls.ts";

function kubectl(cluster: Cluster, stdin: string, ...args: readonly string[]) {
  let out = "";
  let err = "";
  let status = 0;
  runKubectl([...args], {
    cluster,
    files: new Map(),
    stdin,
    namespace: "default",
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    exit: (code) => {
      status = code;
    },
    onInterrupt: () => undefined,
  });
  return { out, err, status };
}

const ANSWERED = /^\S+\/\S+ (created|configured|unchanged)$/;
const REFUSED =
  /^(error: |error when|Error from server|The \S+ ".*" is invalid|The request is invalid|Warning: |\* |ensure CRDs|resource mapping not found|unable to decode |error parsing )/;

function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

const OBJECTS = MANIFESTS.flatMap((text) => parseManifest(text).map(({ value }) => value));

export const manifests = target({
  name: "manifests",
  rule: "[FUZZ-3] any text applied is answered in kubectl's style; what is refused leaves no trace, what is taken can be shown",
  runs: 80,
  inputs: fc.oneof(mutated(MANIFESTS), restructured(OBJECTS)),
  check({ whole, broken }) {
    const cluster = createCluster({
      addons: [...ALL_KINDS, gatewayController],
      seed: "fuzz",
      settings: { ...SHELL_SETTINGS, gateway: true },
    });
    const before = cluster.api.store.resourceVersion;
    const { out, err, status } = kubectl(cluster, broken, "apply", "-f", "-");
    checkAnswer(out + err, broken);
    const answers = out.split("\n").filter((line) => line !== "");
    holds(
      answers.every((line) => ANSWERED.test(line)),
      `an answer is not in kubectl's style: ${out}`,
    );
    if (answers.length === 0) {
      holds(status !== 0, `nothing was applied, yet the status is 0: ${err}`);
      holds(REFUSED.test(err), `a refusal is not in kubectl's style: ${err}`);
      holds(cluster.api.store.resourceVersion === before, "what was refused changed the store");
      holds(
        kubectl(cluster, whole, "apply", "-f", "-").status === 0,
        "after a refusal the good text no longer applies",
      );
      return;
    }
    cluster.advance(60_000);
    for (const line of answers) {
      const name = line.slice(0, line.indexOf(" "));
      for (const args of [
        ["get", name, "-o", "yaml"],
        ["get", name, "-o", "wide"],
        ["describe", name],
      ]) {
        const shown = kubectl(cluster, "", ...args);
        checkAnswer(shown.err, broken);
      }
    }
    holds(kubectl(cluster, broken, "apply", "-f", "-").status === status, "applied again, the text has another status");
    checkPrototypes();
    checkMishaps(cluster);
  },
});
