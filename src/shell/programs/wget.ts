// `wget`: one request, in the words of busybox.
import type { Outcome } from "../../cluster/index.ts";
import { type Program, refuse } from "../program.ts";
import { send } from "./places.ts";
import { REASONS, targetOf } from "./url.ts";

/** busybox wget: `-q`, `-O FILE`, `-T SECONDS`, `--spider`, `-S`. */
export const wget: Program = (words, io) => {
  const quiet = words.some((word) => /^-[a-zA-Z]*q/.test(word));
  const outAt = words.findIndex((word) => /^-[a-zA-Z]*O/.test(word));
  const attached = words[outAt]?.replace(/^-[a-zA-Z]*O/, "") ?? "";
  const output = outAt < 0 ? undefined : attached === "" ? words[outAt + 1] : attached;
  const timeoutWord = words
    .map(
      (word, at) =>
        /^(?:-T|--timeout=?)(.*)$/.exec(word)?.[1] || (/^(?:-T|--timeout)$/.test(word) ? words[at + 1] : undefined),
    )
    .find((each) => each !== undefined);
  const [url] = words.slice(1).filter((word) => !word.startsWith("-") && word !== output && word !== timeoutWord);
  const target = url === undefined ? undefined : targetOf(url);
  if (target === undefined) return refuse(io, "Usage: wget [-q] [-O FILE] [-T SEC] URL", 1);
  const timeoutMs = timeoutWord === undefined ? undefined : Number(timeoutWord) * 1000;
  const { host, port, path } = target;
  const headers = { host: port === 80 ? host : `${host}:${port}`, "user-agent": "Wget" };
  send(
    io,
    { host, port, path, headers, target: url ?? "", ...(timeoutMs === undefined ? {} : { timeoutMs }) },
    ({ outcome, remote }) => {
      const address = remote?.address ?? host;
      if (!quiet && remote !== undefined)
        io.err(`Connecting to ${host}${port === 80 ? "" : `:${port}`} (${address}:${port})\n`);
      const complaint = wgetComplaint(outcome, host, address, timeoutMs !== undefined);
      if (complaint !== undefined) return refuse(io, `wget: ${complaint}`, 1);
      const body = outcome.kind === "answered" ? outcome.body : "";
      const file = output ?? (path.split("/").at(-1) || "index.html");
      if (file === "-") io.out(body);
      else if (file !== "/dev/null") io.files.set(file, body);
      io.exit(0);
    },
  );
};

function wgetComplaint(outcome: Outcome, host: string, address: string, limited: boolean): string | undefined {
  switch (outcome.kind) {
    case "answered":
      return outcome.status >= 400
        ? `server returned error: HTTP/1.1 ${outcome.status} ${REASONS[outcome.status] ?? ""}`
        : undefined;
    case "unresolved":
      return `bad address '${host}'`;
    case "refused":
      return `can't connect to remote host (${address}): Connection refused`;
    case "unreachable":
      return `can't connect to remote host (${address}): No route to host`;
    case "timeout":
      return limited ? "download timed out" : `can't connect to remote host (${address}): Connection timed out`;
    case "reset":
      return "error getting response: Connection reset by peer";
    case "pending":
      return "error getting response";
  }
}
