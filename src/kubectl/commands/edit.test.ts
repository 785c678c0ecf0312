// `kubectl edit` with someone who edits: what is saved, refused, and never lost. Words: kubectl/pkg/cmd/util/editor.

import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { runKubectl } from "../run.ts";

const SERVICE =
  "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n  ports:\n  - port: 80\n";

/** Runs `kubectl WORDS`, answering each text that is opened by the next of `answers`. */
function editing(words: string, answers: readonly ((text: string) => string | undefined)[]) {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "1", settings: SHELL_SETTINGS });
  cluster.advance(1_500);
  const files = new Map([["web.yaml", SERVICE]]);
  const opened: string[] = [];
  const left = [...answers];
  let said = "";
  const io = {
    cluster,
    files,
    stdin: "",
    namespace: "default",
    out: (text: string) => {
      said += text;
    },
    err: (text: string) => {
      said += text;
    },
    exit: (code: number) => {
      said += `[exit ${code}]\n`;
    },
    onInterrupt: () => undefined,
    edit: ({ text }: { readonly text: string }, done: (text: string | undefined) => void) => {
      opened.push(text);
      const answer = left.shift();
      if (answer !== undefined) done(answer(text));
    },
  };
  runKubectl(["apply", "-f", "web.yaml"], io);
  said = "";
  runKubectl(words.split(" "), io);
  const port = cluster.api.get("services", "default", "web").spec?.ports?.[0]?.port;
  return { said, opened, files, port };
}

const port = (to: string) => (text: string) => text.replace("port: 80\n", `port: ${to}\n`);

test("[EDIT-1] what is saved is sent, and nothing else", () => {
  const { said, opened, port: now } = editing("edit svc web", [port("81")]);
  expect(said).toBe("service/web edited\n[exit 0]\n");
  expect(now).toBe(81);
  expect(opened[0]).toMatch(/^# Please edit the object below\./);
  expect(opened[0]).not.toContain("managedFields");
});

test("[EDIT-2] closing, saving as it was, and saving nothing leave the object alone", () => {
  expect(editing("edit svc web", [() => undefined]).said).toBe("Edit cancelled, no changes made.\n[exit 0]\n");
  expect(editing("edit svc web", [(text) => `${text}# a remark\n`]).said).toBe(
    "Edit cancelled, no changes made.\n[exit 0]\n",
  );
  expect(editing("edit svc web", [() => "# nothing\n"]).said).toBe("Edit cancelled, saved file was empty.\n[exit 0]\n");
});

test("[EDIT-3] what is invalid opens again with the reason above it, and what was typed is still there", () => {
  const {
    said,
    opened,
    port: now,
  } = editing("edit svc web", [port("99999"), (text) => text.replace("port: 99999", "port: 90")]);
  expect(opened[1]).toContain(
    '# services "web" was not valid:\n# * spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive\n#\n',
  );
  expect(opened[1]).toContain("port: 99999\n");
  expect(said).toBe('error: services "web" is invalid\nservice/web edited\n[exit 0]\n');
  expect(now).toBe(90);
});

test("[EDIT-3] a text that is no YAML opens again too", () => {
  const { opened, said } = editing("edit svc web", [(text) => text.replace("spec:", "spec"), () => undefined]);
  expect(opened[1]).toContain(
    '# services "web" was not valid:\n# * <nil>: Invalid value: "The edited file failed validation": ',
  );
  expect(said).toMatch(
    /A copy of your changes has been stored to "\/tmp\/kubectl-edit-\d+\.yaml"\nerror: Edit cancelled, no valid changes were saved\.\n\[exit 1\]\n$/,
  );
});

test("[EDIT-4] what cannot be sent is kept in a file", () => {
  const { said, files } = editing("edit svc web", [(text) => text.replace("name: web\n", "name: other\n")]);
  expect(said).toMatch(
    /^A copy of your changes has been stored to "(\/tmp\/kubectl-edit-\d+\.yaml)"\nerror: At least one of apiVersion, kind and name was changed\n\[exit 1\]\n$/,
  );
  expect([...files.entries()].find(([name]) => name.startsWith("/tmp/"))?.[1]).toContain("name: other\n");
});

test("[EDIT-5] edit-last-applied changes what apply remembers, not the object", () => {
  const {
    said,
    opened,
    port: now,
  } = editing("apply edit-last-applied svc/web", [(text) => text.replace("port: 80", "port: 85")]);
  expect(opened[0]).toContain("# Please edit the 'last-applied-configuration' annotations below.");
  expect(said).toBe("service/web edited\n[exit 0]\n");
  expect(now).toBe(80);
});

test("[EDIT-6] where there is no editor it says what there is", () => {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "1", settings: SHELL_SETTINGS });
  cluster.advance(1_500);
  let said = "";
  const say = (text: string) => {
    said += text;
  };
  runKubectl(["edit", "svc", "kubernetes"], {
    cluster,
    files: new Map(),
    stdin: "",
    namespace: "default",
    out: say,
    err: say,
    exit: () => undefined,
    onInterrupt: () => undefined,
  });
  expect(said).toMatch(/^error: there is no editor here: the page's console opens one/);
});
