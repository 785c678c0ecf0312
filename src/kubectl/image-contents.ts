// What images hold: which commands can be started in their containers. Images that nobody knows hold everything the console has.
import { holds } from "../runtime/index.ts";

/** Whether a command cannot be started in a container of this image. Spec: [EXEC-1] [EXEC-3]. */
export function imageLacks(image: string | undefined, command: string): boolean {
  return image !== undefined && !holds(image, command.slice(command.lastIndexOf("/") + 1));
}

/** Whether what the image runs by itself is a shell, so that one can type into it. */
export function runsShell(image: string): boolean {
  return /^(?:docker\.io\/)?(?:library\/)?(?:busybox|alpine|debian|ubuntu|bash)(?:[:@]|$)/.test(image);
}

/** What the container runtime says of a command that it cannot start. */
// Models github.com/opencontainers/runc's words for a program that is not there
export function startFailure(command: string): string {
  const why = command.includes("/")
    ? `stat ${command}: no such file or directory`
    : "executable file not found in $PATH";
  return `OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(command)}: ${why}: unknown`;
}
