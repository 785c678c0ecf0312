// Ties the editor to the page's store: the one file that knows how a text reaches the cluster.
import type { TextReport, TimedAction } from "../../scenario/index.ts";
import type { Playground } from "../store/playground.ts";
import type { AppState } from "../store/state.ts";
import type { ApplyReport, EditorHost, OutsideChange } from "./host.ts";
import { problemsOf } from "./place.ts";

/** The editor's view of a playground. */
export function hostOf(playground: Playground): EditorHost {
  const { store } = playground;
  let applying = false;
  const onChange = (read: (state: AppState) => unknown) => (listener: () => void) =>
    store.subscribe((state, before) => {
      if (read(state) !== read(before)) listener();
    });
  return {
    apply: (text) => {
      applying = true;
      const { text: report } = playground.run({ kind: "apply", text });
      applying = false;
      if (report === undefined) throw new Error("applying a text gave no report");
      return reportOf(report);
    },
    world: { list: (resource) => store.getState().objects.get(resource)?.values() ?? [] },
    onObjects: onChange((state) => state.objects),
    onRun: (listener) => {
      // A text also comes from the log of a run that is being replayed.
      const follow = () =>
        store.getState().session.onPerformed((action) => {
          if (action.kind === "apply" && !applying) listener();
        });
      let unfollow = follow();
      const stop = onChange((state) => state.session)(() => {
        unfollow();
        unfollow = follow();
        listener();
      });
      return () => {
        stop();
        unfollow();
      };
    },
    running: () => {
      const last = store.getState().session.lastApplied();
      return { text: last.text, report: reportOf(last) };
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
