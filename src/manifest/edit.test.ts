// Fields changed in a text: what is not meant stays as it was written.
import { describe, expect, test } from "vitest";
import { addDocument, editFields, type FieldChange, parseManifest } from "./index.ts";

const SERVICE = `# a comment before
apiVersion: v1
kind: Service
metadata:
  name: web # its name
spec:
  type: NodePort
  selector:
    app: wep   # a typo

  # the ports
  ports:
    - port: 80
      targetPort: "8080"
      nodePort: 30080
    - { port: 443, name: https }
`;

function edited(text: string, ...changes: readonly FieldChange[]): string {
  const [document] = parseManifest(text);
  const result = document === undefined ? undefined : editFields(text, document.range, changes);
  if (result === undefined) throw new Error("not edited");
  return result;
}

/** The lines that differ, old with `-`, new with `+`. */
function lines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

const set = (path: FieldChange["path"], value: unknown): FieldChange => ({ op: "set", path, value });
const remove = (path: FieldChange["path"]): FieldChange => ({ op: "remove", path });

describe("[MANIFEST-9] one field is changed and nothing else", () => {
  test.each<readonly [string, FieldChange, readonly string[]]>([
    [
      "a scalar; its comment stays",
      set(["spec", "selector", "app"], "web"),
      ["-    app: wep   # a typo", "+    app: web   # a typo"],
    ],
    ["a number in a list", set(["spec", "ports", 0, "port"], 8080), ["-    - port: 80", "+    - port: 8080"]],
    [
      "a quoted text stays quoted",
      set(["spec", "ports", 0, "targetPort"], "http"),
      ['-      targetPort: "8080"', '+      targetPort: "http"'],
    ],
    [
      "a number in the place of a quoted text",
      set(["spec", "ports", 0, "targetPort"], 9090),
      ['-      targetPort: "8080"', "+      targetPort: 9090"],
    ],
    [
      "a new key behind the others",
      set(["spec", "externalTrafficPolicy"], "Local"),
      ["+  externalTrafficPolicy: Local"],
    ],
    ["a new key in an item", set(["spec", "ports", 0, "name"], "http"), ["+      name: http"]],
    [
      "a new key in flow style",
      set(["spec", "ports", 1, "targetPort"], 8443),
      ["-    - { port: 443, name: https }", "+    - { port: 443, name: https, targetPort: 8443 }"],
    ],
    [
      "a new map",
      set(["metadata", "labels", "kubernetes.io/service-name"], "web"),
      ["+  labels:", "+    kubernetes.io/service-name: web"],
    ],
    [
      "a map in the place of a map",
      set(["spec", "selector"], { "app.kubernetes.io/name": "web" }),
      ["-    app: wep   # a typo", "+    app.kubernetes.io/name: web"],
    ],
    ["an item more", set(["spec", "ports", 2], { port: 90 }), ["+    - port: 90"]],
    [
      "a text that looks like a number",
      set(["spec", "selector", "app"], "80"),
      ["-    app: wep   # a typo", '+    app: "80"   # a typo'],
    ],
    ["a key goes with its line", remove(["spec", "ports", 0, "nodePort"]), ["-      nodePort: 30080"]],
    [
      "the first key of an item",
      remove(["spec", "ports", 0, "port"]),
      ["-    - port: 80", '-      targetPort: "8080"', '+    - targetPort: "8080"'],
    ],
    [
      "a key in flow style",
      remove(["spec", "ports", 1, "name"]),
      ["-    - { port: 443, name: https }", "+    - { port: 443 }"],
    ],
    [
      "the last key goes with its map",
      remove(["spec", "selector", "app"]),
      ["-  selector:", "-    app: wep   # a typo"],
    ],
    ["an item", remove(["spec", "ports", 1]), ["-    - { port: 443, name: https }"]],
    ["what is not there", remove(["spec", "clusterIP"]), []],
  ])("%s", (_, change, difference) => {
    expect(lines(SERVICE, edited(SERVICE, change))).toEqual(difference);
  });

  test("several at once, in a text of several documents with other line ends", () => {
    const text = `a: 1\r\n---\r\nspec:\r\n  type: ExternalName\r\n  externalName: 10.0.0.1\r\n`;
    const range = parseManifest(text)[1]?.range ?? { from: 0, to: 0 };
    const after = editFields(text, range, [remove(["spec", "externalName"]), set(["spec", "type"], "ClusterIP")]);
    expect(after).toBe("a: 1\r\n---\r\nspec:\r\n  type: ClusterIP\r\n");
  });

  test("a key without a value", () => {
    expect(edited("spec:\n  selector:\n", set(["spec", "selector", "app"], "web"))).toBe(
      "spec:\n  selector:\n    app: web\n",
    );
  });

  test("flow style throughout", () => {
    const text = "spec: { selector: { app: wep }, ports: [{ port: 80 }] }\n";
    expect(
      edited(
        text,
        set(["spec", "selector"], { app: "web", tier: "front" }),
        set(["spec", "ports", 0, "targetPort"], 8080),
      ),
    ).toBe("spec: { selector: { app: web, tier: front }, ports: [{ port: 80, targetPort: 8080 }] }\n");
    expect(edited("a: []\n", set(["a", 0], "x"))).toBe("a: [x]\n");
    expect(edited("a: {}\n", set(["a", "b"], 1))).toBe("a: { b: 1 }\n");
  });

  test("what follows an alias is left alone", () => {
    const text = "a: &x { b: 1 }\nc: *x\n";
    const range = parseManifest(text)[0]?.range ?? { from: 0, to: 0 };
    expect(editFields(text, range, [set(["c", "b"], 2)])).toBeUndefined();
  });
});

test("[MANIFEST-9] a document more", () => {
  expect(addDocument("a: 1\n\n", { b: 2 })).toBe("a: 1\n---\nb: 2\n");
  expect(addDocument("", { b: 2 })).toBe("b: 2\n");
});
