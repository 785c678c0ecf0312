// The shell in a terminal: commands from standard input, or recorded transcripts.
import { readFileSync } from "node:fs";
import { guardPrototypes } from "../cluster/index.ts";
import { replayFiles } from "./node/replay.ts";
import { runTerminal } from "./node/terminal.ts";

guardPrototypes();
const [first, ...rest] = process.argv.slice(2);
process.exitCode =
  first === "replay" ? replayFiles(rest) : runTerminal(process.argv.slice(2), () => readFileSync(0, "utf8"));
