// Ports as they are typed behind flags.
import { CommandError } from "../../command-error.ts";

/** A port number. @throws CommandError in the words of Go's ParseUint. */
// Models k8s.io/utils/net ParsePort
export function parsePort(text: string): number {
  const quoted = JSON.stringify(text);
  if (!/^\d+$/.test(text)) throw new CommandError(`strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  if (Number(text) > 65535) throw new CommandError(`strconv.ParseUint: parsing ${quoted}: value out of range`);
  return Number(text);
}

/** A target port by number. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/validation IsValidPortNum
export function targetPortNumber(text: string): number {
  const port = Number(text);
  if (port < 1 || port > 65535) throw new CommandError("must be between 1 and 65535, inclusive");
  return port;
}

/** The text itself when it is a port's name. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/validation IsValidPortName
export function isPortName(text: string): string {
  const complaints: string[] = [];
  if (text.length > 15) complaints.push("must be no more than 15 characters");
  if (!/^[-a-z0-9]+$/.test(text))
    complaints.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (!/[a-z]/.test(text)) complaints.push("must contain at least one letter (a-z)");
  if (text.includes("--")) complaints.push("must not contain consecutive hyphens");
  if (/^-|-$/.test(text)) complaints.push("must not begin or end with a hyphen");
  if (complaints.length > 0) throw new CommandError(complaints.join(","));
  return text;
}
