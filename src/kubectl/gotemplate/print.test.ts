import { expect, test } from "vitest";
import { goTemplatePrinter } from "./print.ts";

const SERVICE = {
  metadata: { name: "shop", labels: { app: "shop" } },
  spec: {
    clusterIP: "10.96.48.10",
    ports: [
      { name: "http", port: 80 },
      { name: "admin", port: 9000 },
    ],
  },
};

// kubectl/get-svc-go-template-and-kyaml.transcript, and the language of Go's text/template documentation
test.each([
  ["{{.spec.clusterIP}}", "10.96.48.10"],
  ["{{.spec.nothing}} {{.spec.nothing.more}}", "<no value> <no value>"],
  ["{{.metadata.labels}}", "map[app:shop]"],
  ['{{range .spec.ports}}{{.name}}={{.port}}{{"\\n"}}{{end}}', "http=80\nadmin=9000\n"],
  ["{{range $i, $p := .spec.ports}}{{if $i}},{{end}}{{$p.name}}{{end}}", "http,admin"],
  ["{{range .spec.none}}x{{else}}nothing{{end}}", "nothing"],
  ['{{if eq .metadata.name "shop"}}yes{{else}}no{{end}}', "yes"],
  ['{{if eq .metadata.name "a"}}a{{else if eq .metadata.name "shop" "b"}}b{{end}}', "b"],
  ['{{(index .spec.ports 1).name}} {{index .metadata.labels "app"}}', "admin shop"],
  ["{{len .spec.ports}}", "2"],
  ['{{printf "%s is %v" .metadata.name (index .spec.ports 0).port}}', "shop is 80"],
  ['{{printf "%-6s|%3d" "ab" 7}}', "ab    |  7"],
  ["{{with .spec}}{{.clusterIP}} {{$.metadata.name}}{{end}}", "10.96.48.10 shop"],
  ['{{ .metadata.name | printf "%q" }}', '"shop"'],
  ["a {{- /* away */ -}} b", "ab"],
  ["{{$x := 1}}{{range .spec.ports}}{{$x = .port}}{{end}}{{$x}}", "9000"],
  ['{{"c2hvcA==" | base64decode}}', "shop"],
  ['{{and .spec .metadata.name}} {{or .nothing "else"}} {{not true}}', "shop else false"],
])("[TEMPLATE-1] %s", (template, printed) => expect(goTemplatePrinter(template)(SERVICE)).toBe(printed));

test("[TEMPLATE-2] mistakes name the template", () => {
  expect(() => goTemplatePrinter("{{.a")).toThrow("error parsing template {{.a, template: output:1: unclosed action");
  expect(() => goTemplatePrinter("{{nope .a}}")({})).toThrow('function "nope" not defined');
});
