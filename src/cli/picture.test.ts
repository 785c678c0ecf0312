// `podpath picture`: what it reads, writes and says.
import { expect, test } from "vitest";
import { picture } from "./picture.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - port: 80\n";

function run(...args: string[]) {
  const written = new Map<string, string>();
  const read = (file: string) => {
    if (file === "a.yaml" || file === "-") return SERVICE;
    throw Object.assign(new Error(`ENOENT: no such file or directory, open '${file}'`), { code: "ENOENT" });
  };
  return picture(args, { read, write: (file, text) => void written.set(file, text) }).then((ended) => ({
    ...ended,
    written,
  }));
}

test("[EXPORT-4] it prints the picture, or writes it where -o says", async () => {
  const { code, out, err } = await run("-", "--theme=dark", "--title", "Web");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^<svg .*<title>Web<\/title>/s);
  const { code: ended, out: printed, written } = await run("a.yaml", "-o", "a.svg");
  expect([ended, printed, [...written.keys()]]).toEqual([0, "", ["a.svg"]]);
});

test.each([
  [[], "expected one file, not 0"],
  [["a.yaml", "b.yaml"], "expected one file, not 2"],
  [["a.yaml", "--nothing"], "there is no option --nothing"],
  [["a.yaml", "--theme", "blue"], "--theme blue: expected light or dark"],
  [["a.yaml", "--size", "9"], "--size 9: expected one like 1280x820"],
  [["a.yaml", "--at", "-5"], "--at -5: expected milliseconds"],
  [["a.yaml", "-o"], "-o needs a value"],
])("[EXPORT-4] %j is refused, with the usage", async (args, message) => {
  const { code, err } = await run(...args);
  expect([code, err.split("\n")[0]]).toEqual([2, expect.stringContaining(message)]);
  expect(err).toContain("usage: podpath picture FILE");
});

test("[EXPORT-4] a file that isn't there is named, without the usage", async () => {
  expect(await run("b.yaml")).toMatchObject({
    code: 1,
    err: "podpath picture: ENOENT: no such file or directory, open 'b.yaml'\n",
  });
});
