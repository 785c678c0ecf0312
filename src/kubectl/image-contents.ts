// Which images hold nothing but their own program: no shell, no curl. Every other image has everything the console has.

/** Images built from scratch or on a base without a shell, by what their reference contains. */
const BARE = [
  /\bdistroless\/(?!.*:.*debug)/,
  /\bgoogle-samples\/hello-app\b/,
  /\bhashicorp\/http-echo\b/,
  /\b(?:traefik|containous)\/whoami\b/,
  /(?:^|\/)pause(?::|@|$)/,
  /(?:^|\/)coredns(?::|@|$)/,
];

/** What the container runtime says when a command cannot be started in a container of this image; undefined when it can. */
// Models github.com/opencontainers/runc's words for a program that is not there
export function startFailure(image: string | undefined, command: string): string | undefined {
  if (!BARE.some((pattern) => pattern.test(image ?? ""))) return undefined;
  const why = command.startsWith("/")
    ? `stat ${command}: no such file or directory`
    : "executable file not found in $PATH";
  return `OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(command)}: ${why}: unknown`;
}
