// Ties the editor to the page's store: the one file that knows how a text reaches the cluster.
import type { Cluster } from "../../cluster/index.ts";
import { ManagedText, type TextReport } from "../../scenario/index.ts";
import type { Playground } from "../store/playground.ts";
import type { ApplyReport, EditorHost } from "./host.ts";
import { problemsOf } from "./place.ts";

/** The editor's view of a playground. */
export function hostOf(playground: Playground): EditorHost {
  const { store } = playground;
  const texts = new WeakMap<Cluster, ManagedText>();
  return {
    apply: (text) => {
      const { cluster } = store.getState().session;
      const managed = texts.get(cluster) ?? new ManagedText(cluster);
      texts.set(cluster, managed);
      const report = managed.apply(text);
      playground.flush();
      return reportOf(report);
    },
    world: { list: (resource) => store.getState().objects.get(resource)?.values() ?? [] },
    onObjects: (listener) =>
      store.subscribe((state, before) => {
        if (state.objects !== before.objects) listener();
      }),
    outsideChanges: () => [],
  };
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
