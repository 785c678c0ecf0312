// A playground for the tests of this folder.
import { newScenario } from "../../scenario/index.ts";
import { createShell } from "../../shell/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { changeService } from "./apply.ts";
import { formOf, type ServiceForm } from "./service.ts";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web, tier: front} # both
    spec:
      containers:
        - name: web
          image: nginx
`;
/** A Service with two ports and comments. */
export const WEB = `# The shop's front door
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort # open to the outside
  selector:
    app: web

  # two ports
  ports:
    - name: http
      port: 80
      targetPort: 8080
      nodePort: 30080 # as in the firewall
    - {name: dns, port: 53, protocol: UDP}
`;

interface Wanted {
  readonly text?: string;
  /** Whether an editor is open. */
  readonly editor?: boolean;
}

/** A playground whose editor, if it has one, keeps every text that it was given. */
export function open({ text = `${WEB}---\n${DEPLOYMENT}`, editor = true }: Wanted = {}) {
  const run = createRun(newScenario(text), { createShell });
  run.advance(5_000);
  const playground = new Playground(run, { request: () => 0, cancel: () => undefined });
  const texts = [text];
  if (editor)
    playground.doors.openManifest({
      text: () => texts.at(-1) ?? "",
      change: (next) => {
        texts.push(next);
        playground.run({ kind: "apply", text: next });
      },
      settle: () => undefined,
    });
  const service = (name = "web") => run.world.api.get("services", "default", name);
  const change = async (to: (form: ServiceForm) => Partial<ServiceForm>, name = "web") => {
    const before = formOf(service(name));
    return changeService(playground, service(name), before, { ...before, ...to(before) });
  };
  const now = () => (editor ? (texts.at(-1) ?? "") : run.text);
  const lastLine = () => run.log.flatMap(({ action }) => (action.kind === "shell" ? [action.line] : [])).at(-1);
  return { playground, run, api: run.world.api, service, change, texts, now, lastLine };
}

/** The lines that differ, old with `-`, new with `+`. */
export function lines(before: string, after: string): readonly string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}
