// Pasted blocks become commands, one by one.
import { describe, expect, it } from "vitest";
import { createCluster } from "../../cluster/index.ts";
import { createShell } from "../../shell/index.ts";
import { splitCommands as split } from "./commands.ts";

const shell = createShell({ cluster: createCluster({ seed: "1" }) });
const needsMore = shell.isIncomplete.bind(shell);
const splitCommands = (text: string) => split(text, needsMore);

const MANIFEST = "apiVersion: v1\nkind: Service\nmetadata:\n  name: it's-fine # don't close\n";

describe("commands from lines", () => {
  it("[CONSOLE-1] several lines are several commands; empty lines are none", () => {
    expect(splitCommands("kubectl get pods\n\n  \nkubectl get svc\n")).toEqual({
      whole: ["kubectl get pods", "kubectl get svc"],
      open: "",
    });
  });

  it("[CONSOLE-2] a here-document belongs to its command, quotes in it mean nothing", () => {
    const apply = `kubectl apply -f - <<'EOF'\n${MANIFEST}EOF`;
    expect(splitCommands(`${apply}\nkubectl get svc`)).toEqual({ whole: [apply, "kubectl get svc"], open: "" });
    const bare = `cat <<EOF | kubectl apply -f -\n${MANIFEST}EOF`;
    expect(splitCommands(`${bare}\n`).whole).toEqual([bare]);
    expect(splitCommands("cat <<-END\n\ta\n\tEND\nls").whole).toEqual(["cat <<-END\n\ta\n\tEND", "ls"]);
  });

  it("[CONSOLE-3] an unfinished command waits for more", () => {
    expect(splitCommands("kubectl apply -f - <<EOF\nkind: Pod")).toEqual({
      whole: [],
      open: "kubectl apply -f - <<EOF\nkind: Pod",
    });
    expect(needsMore("curl \\")).toBe(true);
    expect(needsMore("curl \\\n  http://a")).toBe(false);
    expect(needsMore("kubectl patch svc web -p '{")).toBe(true);
    expect(needsMore("kubectl patch svc web -p '{\n}'")).toBe(false);
    expect(needsMore('echo "a \\" b')).toBe(true);
    expect(needsMore("echo it # isn't")).toBe(false);
    expect(needsMore("echo '<<EOF'")).toBe(false);
    expect(splitCommands("# a remark\nfor i in 1 2; do\n  curl web\ndone").whole).toEqual([
      "for i in 1 2; do\n  curl web\ndone",
    ]);
  });

  it("[CONSOLE-4] a block with prompts gives its commands without the output between them", () => {
    const block = "$ kubectl get pods\nNAME   READY\nweb-0  1/1\nlaptop$ curl \\\n  http://web\n<html>";
    expect(splitCommands(block).whole).toEqual(["kubectl get pods", "curl \\\n  http://web"]);
  });

  it("[CONSOLE-5] a block typed with Windows line ends is the same block", () => {
    expect(splitCommands("a\r\nb\r\n").whole).toEqual(["a", "b"]);
  });
});
