// Ties the editor to the page's store: the one file that knows how a text reaches the cluster.
import type { TextReport, TimedAction } from "../../scenario/index.ts";
import type { Playground } from "../store/playground.ts";
import type { AppState } from "../store/state.ts";
import type { ApplyReport, EditorHost, OutsideChange } from "./host.ts";
import { problemsOf } from "./place.ts";

/** The editor's view of a playground. */
export function hostOf(playground: Playground): EditorHost {
  const { store } = playground;
  const onChange = (read: (state: AppState) => unknown) => (listener: () => void) =>
    store.subscribe((state, before) => {
      if (read(state) !== read(before)) listener();
    });
  return {
    apply: (text) => {
      const { text: report } = playground.run({ kind: "apply", text });
      if (report === undefined) throw new Error("applying a text gave no report");
      return reportOf(report);
    },
    world: { list: (resource) => store.getState().objects.get(resource)?.values() ?? [] },
    onObjects: onChange((state) => state.objects),
    onRun: onChange((state) => state.session),
    running: () => {
      const { initial, text } = store.getState().session;
      return { text, report: initial.text === text ? reportOf(initial) : undefined };
    },
    outsideChanges: () => outside(store.getState().session.log),
  };
}

function outside(log: readonly TimedAction[]): OutsideChange[] {
  const last = log.findLastIndex(({ action }) => action.kind === "apply");
  return log.slice(last + 1).flatMap(({ action }): OutsideChange[] => {
    if (action.kind === "shell") return [{ kind: "console", line: action.line }];
    if (action.kind !== "scale") return [];
    const { namespace, name, replicas } = action;
    return [{ kind: "scaled", namespace, name, replicas }];
  });
}

/** What became of a text, as the panel shows it. */
export function reportOf(report: TextReport): ApplyReport {
  const { documents, deleted } = report;
  const withResult = (wanted: string) =>
    documents.flatMap(({ result, ref }) => (result === wanted && ref !== undefined ? [ref] : []));
  return {
    created: withResult("created"),
    configured: withResult("configured"),
    deleted,
    applied: documents.filter((each) => each.result !== undefined).length,
    failed: documents.filter((each) => each.error !== undefined).length,
    problems: problemsOf(report),
  };
}
