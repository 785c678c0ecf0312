// `telnet`: whether a port takes connections, in the words of busybox.
import { type Program, refuse } from "../program.ts";
import { send } from "./places.ts";

export const telnet: Program = (words, io) => {
  const [host, port = "23"] = words.slice(1);
  if (host === undefined || !/^\d{1,5}$/.test(port)) return refuse(io, "Usage: telnet HOST [PORT]", 1);
  send(io, { host, port: Number(port), target: `${host}:${port}` }, ({ outcome, remote, delivered }) => {
    const where = `can't connect to remote host (${remote?.address ?? host})`;
    if (outcome.kind === "unresolved") refuse(io, `telnet: bad address '${host}'`);
    else if (outcome.kind === "refused") refuse(io, `telnet: ${where}: Connection refused`);
    else if (outcome.kind === "unreachable") refuse(io, `telnet: ${where}: No route to host`);
    else if (outcome.kind === "timeout" && !delivered) refuse(io, `telnet: ${where}: Connection timed out`);
    else {
      io.out(`Connected to ${host}\n`);
      refuse(io, "Connection closed by foreign host", 1);
    }
  });
};
