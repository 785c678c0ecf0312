// Recorded sessions take files that their commands name from outside, but what they wrote themselves comes first.
import { expect, test } from "vitest";
import { namedFiles, replay } from "./transcript.ts";

test.each([
  ["kubectl apply -f web.yaml", ["web.yaml"]],
  ["kubectl apply -f ./a.yaml -f 'b c.yaml' --filename=d.yaml", ["a.yaml", "b c.yaml", "d.yaml"]],
  ["kubectl create -f a.yaml,b.yaml", ["a.yaml", "b.yaml"]],
  ["kubectl create cm c --from-file=key=conf.txt", ["conf.txt"]],
  ["kubectl apply -f - <<EOF", []],
  ["kubectl apply -f https://example.com/x.yaml", []],
  ["kubectl get pods", []],
])("files named in %s", (command, names) => {
  expect(namedFiles(command)).toEqual(names);
});

test("a session reads a file that it names from whoever replays it", () => {
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: given}\ndata: {a: "1"}\n';
  const session = "$ kubectl apply -f given.yaml\n$ cat given.yaml | head -1\n";
  const result = replay(session, "files", (name) => (name === "given.yaml" ? manifest : undefined));
  expect(result).toContain("configmap/given created\n");
  expect(result).toContain("apiVersion: v1\n");
  expect(replay(session, "files")).toContain('error: the path "given.yaml" does not exist');
});
