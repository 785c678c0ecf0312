// The API server's answers to Services as they were measured on real Kubernetes 1.36, input by input.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createCluster, RECORDED_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { createShell, runToEnd } from "../shell/index.ts";

const MEASURED = readFileSync(new URL("measured/services.out", import.meta.url), "utf8");

/** Title, manifest and answer of each input. */
const CASES = MEASURED.split(/^### /m)
  .slice(1)
  .map((text) => {
    const [title = "", ...lines] = text.split("\n");
    const answerAt = lines.findIndex((line) => line.startsWith("--> "));
    const answer = lines.slice(answerAt).join("\n").slice("--> ".length).trimEnd();
    return { title, manifest: lines.slice(0, answerAt).join("\n"), answer };
  });

/** What `kubectl apply` says: standard output, then warnings and errors, as the measurements were written down. */
function applied(manifest: string): string {
  const settings = { ...RECORDED_SETTINGS, serviceCIDR: "10.96.0.0/12" };
  const cluster = createCluster({ addons: ALL_KINDS, seed: "measured", settings });
  let [out, err] = ["", ""];
  const streams = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  runToEnd(cluster, createShell({ cluster }), `kubectl apply -f - <<'EOF'\n${manifest}\nEOF`, streams);
  return `${out}${err}`.trimEnd();
}

test("all inputs were read", () => {
  expect(CASES).toHaveLength(93);
});

test.each(CASES)("[SVC-4] $title", ({ manifest, answer }) => {
  expect(applied(manifest)).toBe(answer);
});
