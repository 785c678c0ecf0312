import { describe, expect, test } from "vitest";
import { jsonPathPrinter } from "./print.ts";

const SERVICE = {
  metadata: { name: "shop", labels: { app: "shop", tier: "web" } },
  spec: {
    clusterIP: "10.96.40.10",
    ports: [
      { name: "http", port: 80, targetPort: 8080 },
      { name: "admin", port: 9000, targetPort: "admin" },
    ],
  },
};
const LIST = { kind: "List", items: [{ metadata: { name: "kubernetes" } }, SERVICE] };

// kubectl/get-svc-jsonpath-forms.transcript, get-svc-jsonpath-over-a-list.transcript, and
// kubernetes/staging/src/k8s.io/client-go/util/jsonpath/jsonpath_test.go for the forms behind them
test.each<[template: string, object: unknown, printed: string]>([
  ["{.spec.clusterIP}", SERVICE, "10.96.40.10"],
  ["{.spec.ports[*].port}", SERVICE, "80 9000"],
  ['{range .spec.ports[*]}{.name}={.port}{"\\n"}{end}', SERVICE, "http=80\nadmin=9000\n"],
  ['{.spec.ports[?(@.name=="admin")].targetPort}', SERVICE, "admin"],
  ["{.spec.nothing}", SERVICE, ""],
  ["{.metadata.labels}", SERVICE, '{"app":"shop","tier":"web"}'],
  ["[{.spec.nothing}] {.metadata.name}", SERVICE, "[] shop"],
  ["{.items[*].metadata.name}", LIST, "kubernetes shop"],
  ['{range .items[*]}{.metadata.name}{"\\t"}{.spec.clusterIP}{"\\n"}{end}', LIST, "kubernetes\t\nshop\t10.96.40.10\n"],
  ["{.spec.ports[0].name}", SERVICE, "http"],
  ["{.spec.ports[-1].name}", SERVICE, "admin"],
  ["{.spec.ports[0:1].name}", SERVICE, "http"],
  ["{.spec.ports[:2].name}", SERVICE, "http admin"],
  ["{.spec.ports[::2].name}", SERVICE, "http"],
  ["{.spec.ports[0,1].name}", SERVICE, "http admin"],
  ["{.metadata['name','labels.app']}", SERVICE, "shop shop"],
  ["{.metadata['name']}", SERVICE, "shop"],
  ["{.metadata.labels.*}", SERVICE, "shop web"],
  ["{..name}", SERVICE, "shop http admin"],
  ["{.spec.ports[?(@.port>80)].name}", SERVICE, "admin"],
  ["{.spec.ports[?(@.port<=80)].name}", SERVICE, "http"],
  ["{.items[?(@.spec)].metadata.name}", LIST, "shop"],
  ["{$.metadata.name} {@.metadata.name}", SERVICE, "shop shop"],
  ["{.a\\.b/c}", { "a.b/c": 1 }, "1"],
  ["{true} {1} {'x'}", {}, "true 1 x"],
  ["{range .items[*]}{range .spec.ports[*]}{.port},{end};{end}", LIST, ";80,9000,;"],
  ["plain", SERVICE, "plain"],
])("[JSONPATH-1] %s", (template, object, printed) => expect(jsonPathPrinter(template)(object)).toBe(printed));

// the same transcripts, and Kubernetes' own table of parser errors in jsonpath_test.go
describe("mistakes in kubectl's words", () => {
  test.each([
    ["{.spec.clusterIP", "unclosed action"],
    ["{.items[0", "unterminated array"],
    ["{hello}", "unrecognized identifier hello"],
    ["{.a[x]}", "invalid array index x"],
    ['{"x}', "unterminated quoted string"],
    ["{.a | b}", "unrecognized character in action: U+007C '|'"],
    ["{.items[?(.a == 1]}", "unterminated filter"],
  ])("[JSONPATH-2] %s", (template, message) =>
    expect(() => jsonPathPrinter(template)).toThrow(`error parsing jsonpath ${template}, ${message}`),
  );

  test("[JSONPATH-3] what goes wrong while it runs shows the template and the object", () => {
    expect(() => jsonPathPrinter("{.items[2].kind}")({ items: [{ a: true }] })).toThrow(
      'error executing jsonpath "{.items[2].kind}": Error executing template: array index out of bounds: index 2, length 1. Printing more information for debugging the template:\n\ttemplate was:\n\t\t{.items[2].kind}\n\tobject given to jsonpath engine was:\n\t\tmap[string]interface {}{"items":[]interface {}{map[string]interface {}{"a":true}}}\n\n',
    );
    expect(() => jsonPathPrinter("{end}")({})).toThrow("not in range, nothing to end");
  });
});
