// The output forms of `get -o` other than tables: one function that turns what was fetched into text.
import type { Kinds, KubeObject, UnknownObject } from "../cluster/index.ts";
import { toYaml } from "../manifest/index.ts";
import { CommandError } from "./command-error.ts";
import { customColumns, customColumnsOfFile, customColumnsText } from "./customcolumns.ts";
import type { ParsedArgs } from "./flags.ts";
import { goTemplatePrinter } from "./gotemplate/print.ts";
import { type CommandIO, fileName } from "./io.ts";
import { goJson, withoutManagedFields } from "./json.ts";
import { jsonPathPrinter } from "./jsonpath/print.ts";
import { toKyaml } from "./kyaml.ts";
import { qualifiedName } from "./resources.ts";

/** One object, or `kind: List` with its items. */
export interface ListObject {
  readonly apiVersion: "v1";
  readonly kind: "List";
  readonly items: readonly UnknownObject[];
  readonly metadata: { readonly resourceVersion: "" };
}

export type Printed = UnknownObject | ListObject;

function isList(value: Printed): value is ListObject {
  return value.kind === "List" && Array.isArray(value.items);
}

export function listOf(items: readonly UnknownObject[]): ListObject {
  return { apiVersion: "v1", kind: "List", items, metadata: { resourceVersion: "" } };
}

const TABLE_FORMS = ["custom-columns", "custom-columns-file", "wide"];

/** The forms of commands that change something, in the order in which kubectl names them. */
export const VERB_FORMS = [
  "go-template",
  "go-template-file",
  "json",
  "jsonpath",
  "jsonpath-as-json",
  "jsonpath-file",
  "kyaml",
  "name",
  "template",
  "templatefile",
  "yaml",
];

/** The forms of `get`. */
export const GET_FORMS = [...VERB_FORMS, ...TABLE_FORMS].sort();

const TEMPLATES = [
  "go-template",
  "template",
  "go-template-file",
  "templatefile",
  "jsonpath",
  "jsonpath-as-json",
  "jsonpath-file",
];

/** The text of what was fetched, in the form typed behind `-o`. @throws CommandError for a form that is not known. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/get PrintFlags.ToPrinter
export function formPrinter(args: ParsedArgs, io: CommandIO, forms: readonly string[]): (value: Printed) => string {
  const print = printerOfForm(args, io, forms);
  return (printed) => print(isList(printed) ? { ...printed, items: printed.items.map(asServed) } : asServed(printed));
}

/** Lists of a slice that every slice has are null where they are empty: the server keeps objects in a form that has no empty lists. */
function asServed<O extends KubeObject>(object: O): O {
  // What was never sent to the server is printed as it was written.
  if (object.kind !== "EndpointSlice" || object.metadata.uid === undefined) return object;
  const fields = object as O & { readonly endpoints?: readonly unknown[]; readonly ports?: readonly unknown[] };
  const empty = (["endpoints", "ports"] as const).filter((name) => (fields[name] ?? []).length === 0);
  return empty.length === 0 ? object : { ...object, ...Object.fromEntries(empty.map((name) => [name, null])) };
}

/** The form that was asked for: what follows `-o`, or Go templates where a template alone was typed; "" for none. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/genericclioptions PrintFlags.ToPrinter
export function formOf(args: ParsedArgs): string {
  const typed = args.string("output");
  const template = args.knows("template") ? args.string("template") : "";
  return !args.changed("output") && template !== "" ? "go-template" : typed;
}

function printerOfForm(args: ParsedArgs, io: CommandIO, forms: readonly string[]): (value: Printed) => string {
  const typed = formOf(args);
  const equals = typed.indexOf("=");
  const template = args.knows("template") ? args.string("template") : "";
  const form = equals < 0 ? typed : typed.slice(0, equals);
  const value = equals < 0 ? template : typed.slice(equals + 1);
  const whole = has(args, "show-managed-fields");
  const show = (printed: Printed) => (whole ? managed(printed, io) : hidden(printed));
  if (!forms.includes(form)) unknownForm(typed, forms);
  switch (form) {
    case "json":
      return (printed) => `${goJson(show(printed))}\n`;
    case "yaml":
      return (printed) => toYaml(show(printed));
    case "kyaml":
      return (printed) => toKyaml(show(printed));
    case "name":
      return (printed) => nameText(printed, io.cluster.api.kinds);
    case "custom-columns":
    case "custom-columns-file":
      return columnsForm(form, value, args, io);
    default:
      if (!TEMPLATES.includes(form)) return unknownForm(typed, forms);
      return withManaged(
        templateForm(form, value, { io, missing: !args.knows(MISSING) || args.bool(MISSING) }),
        value,
        io,
      );
  }
}

function has(args: ParsedArgs, flag: string): boolean {
  return args.knows(flag) && args.bool(flag);
}

function unknownForm(form: string, forms: readonly string[]): never {
  throw new CommandError(
    `unable to match a printer suitable for the output format ${JSON.stringify(form)}, allowed formats are: ${forms.join(",")}`,
  );
}

/** Templates see who set which field, whatever the flag says; it is looked up only where a template may ask for it. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers, where only JSON and YAML omit managed fields
function withManaged(
  print: (printed: Printed) => string,
  template: string,
  io: CommandIO,
): (printed: Printed) => string {
  if (!template.includes("managedFields")) return print;
  return (printed) => print(managed(printed, io));
}

/** The object, or each of a list, with metadata.managedFields. */
function managed(printed: Printed, io: CommandIO): Printed {
  if (isList(printed)) return { ...printed, items: printed.items.map((each) => withEntries(each, io)) };
  return withEntries(printed, io);
}

function withEntries(object: UnknownObject, io: CommandIO): UnknownObject {
  if (object.metadata.uid === undefined) return object;
  const managedFields = io.cluster.api.managedFieldsOf(object);
  return managedFields.length === 0 ? object : { ...object, metadata: { ...object.metadata, managedFields } };
}

const MISSING = "allow-missing-template-keys";

function templateForm(
  form: string,
  value: string,
  { io, missing }: { io: CommandIO; missing: boolean },
): (printed: Printed) => string {
  if (value === "") throw new CommandError("template format specified but no template given");
  const text = form.endsWith("file") ? fileText(value, io, "template") : value;
  if (form.startsWith("jsonpath")) return jsonPathPrinter(text, { asJson: form === "jsonpath-as-json", missing });
  return goTemplatePrinter(text, missing);
}

function columnsForm(form: string, value: string, args: ParsedArgs, io: CommandIO): (printed: Printed) => string {
  if (value === "") throw new CommandError("custom-columns format specified but no custom columns given");
  const columns =
    form === "custom-columns" ? customColumns(value) : customColumnsOfFile(fileText(value, io, "custom-columns"));
  const headers = !has(args, "no-headers");
  return (printed) => customColumnsText(columns, isList(printed) ? printed.items : [printed], headers);
}

function fileText(name: string, io: CommandIO, what: string): string {
  const text = io.files.get(fileName(name));
  if (text === undefined)
    throw new CommandError(`error reading ${what} ${name}, open ${name}: no such file or directory\n`);
  return text;
}

// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/printers OmitManagedFieldsPrinter
function hidden(printed: Printed): Printed {
  return isList(printed)
    ? { ...printed, items: printed.items.map(withoutManagedFields) }
    : withoutManagedFields(printed);
}

function nameText(printed: Printed, kinds: Kinds): string {
  return (isList(printed) ? printed.items : [printed]).map((each) => `${nameOf(each, kinds)}\n`).join("");
}

function nameOf(object: KubeObject, kinds: Kinds): string {
  const info = kinds.forKind(object.apiVersion, object.kind);
  const name = object.metadata.name ?? "";
  return info === undefined ? `${object.kind.toLowerCase()}/${name}` : qualifiedName(info, name);
}
