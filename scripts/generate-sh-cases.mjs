// What bash and the GNU tools of this machine print for the scripts in src/sh/cases/*.txt, as a table for the tests:
// `node scripts/generate-sh-cases.mjs`. Needs bash 5.2, coreutils, GNU sed and grep, mawk, jq.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FOLDER = new URL("../src/sh/cases/", import.meta.url).pathname;

/** Lines of a file, joined while a quote, a here-document or a compound command is open. */
function scriptsOf(text, single) {
  const scripts = [];
  let open = "";
  for (const line of text.replace(/\n$/, "").split("\n")) {
    open = open === "" ? line : `${open}\n${line}`;
    const check = spawnSync("bash", ["-n", "-c", open], { encoding: "utf8" });
    if (!single && /unexpected (?:EOF|end of file)|here-document/.test(check.stderr)) continue;
    scripts.push(open);
    open = "";
  }
  return open === "" ? scripts : [...scripts, open];
}

function run(shell, script) {
  const home = mkdtempSync(join(tmpdir(), "sh-"));
  const env = { HOME: home, PATH: "/usr/bin:/bin", LC_ALL: "C" };
  const { stdout, stderr, status } = spawnSync(shell, ["-c", script], {
    cwd: home,
    env,
    encoding: "utf8",
    input: "",
    timeout: 20_000,
  });
  rmSync(home, { recursive: true, force: true });
  const plain = (text) => text.replaceAll(home, "/root");
  return { shell, script, stdout: plain(stdout), stderr: plain(stderr), status };
}

const cases = [];
for (const name of readdirSync(FOLDER)
  .filter((each) => each.endsWith(".txt"))
  .sort()) {
  const shell = name.startsWith("dash") ? "dash" : "bash";
  for (const script of scriptsOf(readFileSync(join(FOLDER, name), "utf8"), name.startsWith("broken")))
    cases.push({ file: name, ...run(shell, script) });
}
writeFileSync(join(FOLDER, "cases.gen.json"), `${JSON.stringify(cases, null, 1)}\n`);
console.log(`${cases.length} cases`);
