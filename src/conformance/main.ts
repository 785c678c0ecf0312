// `npm run conformance -- [--update] [--show N] [PART OF A NAME …]`: replays the recorded sessions and upstream's cases and reports the differences.
// `npm run conformance -- --gateway-report` plays the cases of the Gateway API and prints the outcome as upstream's ConformanceReport.
import { gatewayNames, playGateway } from "./gateway.ts";
import { gatewayReport } from "./gateway-report.ts";
import { growPassing, measure, names, readPassing, summary as recordedSummary } from "./measure.ts";
import { readDifferent, summary } from "./playing.ts";
import { playPolicies, probeSummary } from "./policies.ts";
import { policyCases } from "./policy-cases.ts";
import { playUpstream } from "./upstream.ts";

const words = process.argv.slice(2);
if (words.includes("--gateway-report")) {
  process.stdout.write(gatewayReport(gatewayNames().map(playGateway), new Date().toISOString()));
  process.exit(0);
}
const update = words.includes("--update");
const showAt = words.indexOf("--show");
const show = showAt < 0 ? 3 : Number(words[showAt + 1]);
const wanted = words.filter((word, at) => !word.startsWith("--") && (showAt < 0 || at !== showAt + 1));
const chosen = names().filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

const recorded = chosen.map(measure);
const passing = new Set(readPassing());
const gateway = gatewayNames().filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const upstream = [...playUpstream(wanted), ...gateway.map(playGateway)];
const policies = policyCases()
  .filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .map((each) => playPolicies(each));
const different = readDifferent();

const differing = [
  ...recorded.map((each) => ({ ...each, known: !passing.has(each.name) })),
  ...[...upstream, ...policies].map((each) => ({ ...each, known: different.has(each.name) })),
].filter(({ equal }) => !equal);
for (const { name, known, difference } of differing.slice(0, show))
  console.log(`--- ${name}${known ? "" : " (should be equal)"}, ${difference}`);
for (const { name } of upstream.filter(({ equal }) => !equal))
  console.log(`differs: ${name}: ${different.get(name) ?? "NOT LISTED in different.txt"}`);
for (const { name } of upstream.filter(({ equal, name }) => equal && different.has(name)))
  console.log(`equal now, take out of different.txt: ${name}`);
if (recorded.length > 0) console.log(recordedSummary(recorded));
if (upstream.length > 0) console.log(summary(upstream));
if (policies.length > 0) console.log(`${summary(policies)}\n${probeSummary(policies)}`);
const requests = upstream.reduce((sum, each) => sum + ("requests" in each ? Number(each.requests) : 0), 0);
if (requests > 0) console.log(`gateway: ${gateway.length} cases with ${requests} requests`);
if (update) growPassing(recorded);
process.exitCode = differing.some(({ known }) => !known) ? 1 : 0;
