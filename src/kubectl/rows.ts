// The human-readable tables of `get`: which columns, with which rows, in which blocks.
import type { KubeObject, ResourceInfo } from "../cluster/index.ts";
import { own } from "../cluster/index.ts";
import type { ParsedArgs } from "./flags.ts";
import { ageOnlyPrinter, type Printer } from "./printers/printer.ts";
import { printerOf } from "./printers/registry.ts";
import { qualifiedName } from "./resources.ts";
import { formatLabels } from "./text.ts";

/** What beside the resource's own columns is shown. */
export interface TableShape {
  readonly wide: boolean;
  readonly withKind: boolean;
  readonly withNamespace: boolean;
  readonly showLabels: boolean;
  /** Labels shown as columns. */
  readonly labelColumns: readonly string[];
  readonly headers: boolean;
  /** Whether each row begins with what happened to it, as --output-watch-events asks. */
  readonly withEvent: boolean;
  /** Whether the server makes the columns; else kubectl knows only name and age. */
  readonly serverPrint: boolean;
}

/** Whether `-o` asks for a table. */
export function isTableForm(args: ParsedArgs): boolean {
  const form = args.string("output");
  return form === "wide" || (form === "" && args.string("template") === "");
}

export function tableShape(args: ParsedArgs): TableShape {
  return {
    wide: args.string("output") === "wide",
    withKind: args.bool("show-kind"),
    withNamespace: args.bool("all-namespaces"),
    showLabels: args.bool("show-labels"),
    labelColumns: args.list("label-columns"),
    headers: !args.bool("no-headers"),
    withEvent: args.bool("output-watch-events"),
    serverPrint: args.bool("server-print"),
  };
}

/** Its own columns, or those that kubectl prints by itself. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers HumanReadablePrinter's default handler
function printerFor(info: ResourceInfo, { serverPrint }: TableShape): Printer {
  return serverPrint ? printerOf(info) : ageOnlyPrinter;
}

/** The header of a resource's table. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers decorateTable and formatLabelHeaders
export function headerRow(info: ResourceInfo, shape: TableShape): string[] {
  const columns = printerFor(info, shape).columns.filter((each) => shape.wide || !each.wide);
  return [
    ...(shape.withEvent ? ["EVENT"] : []),
    ...(shape.withNamespace && info.namespaced ? ["NAMESPACE"] : []),
    ...columns.map((each) => each.name),
    ...shape.labelColumns.map((label) => label.slice(label.lastIndexOf("/") + 1).toUpperCase()),
    ...(shape.showLabels ? ["LABELS"] : []),
  ];
}

/** The row of one object. */
export function objectRow(
  info: ResourceInfo,
  object: KubeObject,
  shape: TableShape,
  { now, event }: { readonly now: number; readonly event?: string },
): string[] {
  const { columns, row } = printerFor(info, shape);
  const cells = row(object, { now }).map((cell, at) =>
    shape.withKind && columns[at]?.name === "NAME" ? qualifiedName(info, cell) : cell,
  );
  const { labels, namespace } = object.metadata;
  return [
    ...(shape.withEvent ? [event ?? "ADDED"] : []),
    ...(shape.withNamespace && info.namespaced ? [namespace ?? ""] : []),
    ...cells.filter((_, at) => shape.wide || columns[at]?.wide !== true),
    ...shape.labelColumns.map((label) => own(labels, label) ?? ""),
    ...(shape.showLabels ? [formatLabels(labels)] : []),
  ];
}
