// Plays the tables of upstream's tests in `tables/` (see its README): objects, then packets and facts about slices.
import { canonical, type Fields, fieldsOf, isFields, listOf, textOf } from "./json.ts";
import { attempt, caseFiles, console, type Result, readCase } from "./playing.ts";
import { factOf, itemsOf } from "./table-slices.ts";

/** Every table: paths from this room without the ending. */
export function tableNames(): string[] {
  return caseFiles("tables", ".json").map((path) => path.replace(/\.json$/, ""));
}

/** Plays one table on a fresh cluster; one result a row. */
export function playTable(name: string): Result[] {
  const group = name.split("/").slice(0, 2).join("/");
  const results: Result[] = [];
  const judge = (row: string, expect: unknown, got: unknown) => {
    const equal = canonical(expect) === canonical(got);
    const difference = equal ? "" : `must be ${canonical(expect)}\nis      ${canonical(got)}`;
    results.push({ name: `${name} | ${row}`, group, equal, difference });
  };
  const broken = attempt(() => {
    const table = fieldsOf(JSON.parse(readCase(`${name}.json`)));
    const type = console(fieldsOf(table.settings));
    const memory = new Map<string, string>();
    for (const step of listOf(table.steps).map(fieldsOf)) playStep(step, { type, memory, judge });
    return "";
  });
  if (broken !== "") results.push({ name: `${name} | error`, group, equal: false, difference: broken });
  return results;
}

interface Play {
  readonly type: ReturnType<typeof console>;
  readonly memory: Map<string, string>;
  judge(row: string, expect: unknown, got: unknown): void;
}

function playStep(step: Fields, { type, memory, judge }: Play): void {
  if (step.apply !== undefined) type(applied(listOf(step.apply)));
  if (isFields(step.pods)) type(applied(podsOf(step.pods)));
  for (const line of listOf(step.run)) type(String(line));
  for (const row of listOf(step.rows).map(fieldsOf)) {
    if (row.mode !== undefined && row.mode !== "iptables") continue;
    const { out } = type(`sim route --from ${row.from} --at ${row.at} --protocol ${row.protocol} ${row.to}`);
    judge(textOf(row.name) ?? "", row.expect, out.trim());
  }
  if (!isFields(step.slices)) return;
  const { namespace, service, checks } = step.slices;
  const { out } = type(`kubectl get endpointslices -n ${namespace} -l kubernetes.io/service-name=${service} -o json`);
  const slices = itemsOf(out);
  for (const check of listOf(checks).map(fieldsOf)) {
    const fact = factOf(slices, check, memory);
    if (check.remember === undefined) judge(`${service}: ${check.what}`, check.expect, fact);
  }
}

function applied(objects: readonly unknown[]): string {
  return `kubectl apply -f - <<'END'\n${objects.map((object) => JSON.stringify(object)).join("\n---\n")}\nEND`;
}

/** Many pods that differ by number: a step's `pods`. */
function podsOf({ namespace, from, to, labels, notReadyEvery, ranges, namedPort, nodeName }: Fields): unknown[] {
  const [first, last] = [Number(from), Number(to)];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const n = first + index;
    const own = listOf(ranges)
      .map(fieldsOf)
      .filter((range) => n >= Number(range.from) && n <= Number(range.to))
      .map((range) => fieldsOf(range.labels));
    const never = notReadyEvery !== undefined && n % Number(notReadyEvery) === 0;
    const container = { name: "container-1", image: "nginx", ...portsOf(fieldsOf(namedPort), n) };
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `pod${n}`, namespace, labels: Object.assign({}, fieldsOf(labels), ...own) },
      spec: {
        ...(never ? { readinessGates: [{ conditionType: "example.com/never" }] } : {}),
        ...(nodeName === undefined ? {} : { nodeName }),
        containers: [container],
      },
    };
  });
}

function portsOf({ name, first, modulo }: Fields, n: number): Fields {
  if (name === undefined) return {};
  return { ports: [{ name, containerPort: Number(first) + (n % Number(modulo)), protocol: "TCP" }] };
}
