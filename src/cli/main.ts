// The program `podpath`.
import { readFileSync, writeFileSync } from "node:fs";
import { guardPrototypes } from "../cluster/index.ts";
import { picture, USAGE } from "./picture.ts";

guardPrototypes();
const [command, ...args] = process.argv.slice(2);
if (command === "picture") {
  const files = {
    read: (file: string) => readFileSync(file === "-" ? 0 : file, "utf8"),
    write: (file: string, text: string) => writeFileSync(file, text),
  };
  const { code, out, err } = await picture(args, files);
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = code;
} else {
  const asked = command === undefined || ["help", "--help", "-h"].includes(command);
  (asked ? process.stdout : process.stderr).write(
    asked ? USAGE : `podpath: there is no command "${command}"\n${USAGE}`,
  );
  process.exitCode = asked ? 0 : 2;
}
