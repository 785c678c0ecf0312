// `kubectl edit` and `kubectl apply edit-last-applied`: objects as text in an editor, and back.
import {
  createThreeWayMergePatch,
  deepEqual,
  fieldErrorText,
  LastAppliedConfigAnnotation,
  resourceName,
  StatusError,
  type UnknownObject,
} from "../../cluster/index.ts";
import { parseManifest, toYaml } from "../../manifest/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { type Draft, draftName, editText } from "../editor.ts";
import { throwCollected } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { listOf } from "../forms.ts";
import type { CommandIO } from "../io.ts";
import { compactJson, goJson, withoutManagedFields } from "../json.ts";
import { lastApplied, withLastApplied } from "../last-applied.ts";
import { isMap } from "../maps.ts";
import { type ObjectPrinter, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { RECORD_FLAG, recorded } from "../record.ts";
import { type Found, select } from "../select.ts";
import { patchTypeOf } from "../server.ts";
import { patchObject } from "../session.ts";
import { FILE_FLAGS } from "../sources.ts";
import { fieldValidation, VALIDATE_FLAG } from "../validation.ts";

/** What is different between editing objects and editing what apply remembers of them. */
interface Mode {
  readonly fieldManager: string;
  readonly header: string;
  /** The object as it is in the text; undefined when there is nothing to edit. */
  shown(object: UnknownObject): UnknownObject | undefined;
  /** The patch that makes the edited one of it. */
  patch(target: Found, shown: UnknownObject, edited: UnknownObject): { type: "strategic" | "merge"; body: unknown };
}

const OBJECTS: Mode = {
  fieldManager: "kubectl-edit",
  header:
    "# Please edit the object below. Lines beginning with a '#' will be ignored,\n# and an empty file will abort the edit. If an error occurs while saving this file will be\n# reopened with the relevant failures.\n#\n",
  shown: withoutManagedFields,
  patch: ({ info }, shown, edited) => {
    checkIdentity(shown, edited);
    const body = createThreeWayMergePatch({ ...shown }, { ...edited }, { ...shown }, info);
    return { type: patchTypeOf(info), body };
  },
};

const REMEMBERED: Mode = {
  fieldManager: "kubectl-client-side-apply",
  header:
    "# Please edit the 'last-applied-configuration' annotations below.\n# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.\n#\n",
  shown: (object) => lastApplied(object) as UnknownObject | undefined, // what was applied is an object
  patch: (_, __, edited) => ({
    type: "merge",
    body: { metadata: { annotations: { [LastAppliedConfigAnnotation]: compactJson(edited) } } },
  }),
};

function checkIdentity(shown: UnknownObject, edited: UnknownObject): void {
  const same =
    shown.apiVersion === edited.apiVersion &&
    shown.kind === edited.kind &&
    shown.metadata.name === edited.metadata.name;
  if (!same) throw new CommandError("At least one of apiVersion, kind and name was changed");
}

const FLAGS = [
  ...FILE_FLAGS,
  ...OUTPUT_FLAGS,
  VALIDATE_FLAG,
  { name: "output-patch", type: "bool", help: "Print the patch that is sent." },
  { name: "save-config", type: "bool" },
  { name: "subresource", type: "string", help: "status." },
  { name: "field-manager", type: "string" },
  RECORD_FLAG,
] as const;

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util/editor EditOptions
function editCommand(mode: Mode, words: Pick<Command, "name" | "usage" | "summary">): Command {
  return {
    ...words,
    flags: FLAGS,
    run(args, io) {
      const subresource = args.string("subresource");
      if (subresource !== "" && subresource !== "status")
        throw new CommandError(`invalid subresource value: ${JSON.stringify(subresource)}. Must be one of [status]`);
      const { found, errors } = select(args, args.positional, io, { wholeTypes: true });
      throwCollected(errors);
      if (found.length === 0) throw new CommandError("edit cancelled, no objects found");
      const targets = found.flatMap((target) => {
        const shown = mode.shown(target.object);
        return shown === undefined ? [] : [{ target, shown }];
      });
      if (targets.length === 0)
        throw new CommandError(
          "no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`",
        );
      new Editing(mode, targets, args, io).open();
    },
  };
}

export const edit = editCommand(OBJECTS, {
  name: "edit",
  usage: "(RESOURCE/NAME | -f FILENAME)",
  summary: "Edit objects as text: in the page, or by the program of KUBE_EDITOR",
});

export const editLastApplied = editCommand(REMEMBERED, {
  name: "edit-last-applied",
  usage: "(RESOURCE/NAME | -f FILENAME)",
  summary: "Edit what apply remembers of objects",
});

interface Edited {
  readonly target: Found;
  readonly shown: UnknownObject;
}

/** Why the text has to be edited again. */
interface Reason {
  readonly head: string;
  readonly items: readonly string[];
}

/** One edit, from the opening of the text until it is saved well or given up. */
class Editing {
  readonly #mode: Mode;
  readonly #objects: readonly Edited[];
  readonly #args: ParsedArgs;
  readonly #io: CommandIO;
  readonly #print: ObjectPrinter;
  readonly #json: boolean;
  readonly #file: string;

  constructor(mode: Mode, objects: readonly Edited[], args: ParsedArgs, io: CommandIO) {
    this.#mode = mode;
    this.#objects = objects;
    this.#args = args;
    this.#io = io;
    this.#print = objectPrinter(args, io);
    this.#json = args.string("output") === "json";
    this.#file = draftName(io, this.#json ? "json" : "yaml");
  }

  /** Opens the objects, or with reasons what was made of them. */
  open(reasons: readonly Reason[] = [], again?: string): void {
    const [first] = this.#objects;
    const whole =
      this.#objects.length === 1 && first !== undefined ? first.shown : listOf(this.#objects.map(({ shown }) => shown));
    const body = again ?? (this.#json ? `${goJson(whole)}\n` : toYaml(whole));
    const draft = {
      file: this.#file,
      text: this.#json ? body : this.#mode.header + reasons.map(comment).join("") + body,
    };
    editText(draft, this.#io, (text) => this.#take(text, draft, again !== undefined));
  }

  #take(text: string, draft: Draft, again: boolean): void {
    const body = withoutComments(text);
    if (again && body === withoutComments(draft.text))
      throw this.#kept(text, "Edit cancelled, no valid changes were saved.");
    if (body.trim() === "") {
      this.#cancel("saved file was empty");
      return;
    }
    const documents = this.#read(text);
    if (typeof documents === "string") {
      const [first] = this.#objects;
      const what = first === undefined ? "" : `${resourceName(first.target.info)} ${JSON.stringify(first.target.name)}`;
      this.#io.err(`error: ${what} is invalid\n`);
      const item = `<nil>: Invalid value: "The edited file failed validation": ${documents}`;
      this.open([{ head: `${what} was not valid`, items: [item] }], body);
      return;
    }
    const unchanged = ({ shown }: Edited, at: number) => deepEqual(plain(shown), documents[at]);
    const isSame = documents.length === this.#objects.length && this.#objects.every(unchanged);
    if (isSame && !again) this.#cancel("no changes made");
    else this.#send(documents, text, body);
  }

  #cancel(why: string): void {
    this.#io.err(`Edit cancelled, ${why}.\n`);
    this.#io.exit(0);
  }

  /** The objects of a text, or what is wrong with it. */
  #read(text: string): readonly UnknownObject[] | string {
    const objects: UnknownObject[] = [];
    for (const { value, error } of parseManifest(text)) {
      if (error !== undefined) return error.message;
      const items = isMap(value) && value.kind === "List" && Array.isArray(value.items) ? value.items : [value];
      for (const item of items) {
        if (!isMap(item) || !isMap(item.metadata)) return "invalid object to validate";
        objects.push(item as unknown as UnknownObject); // metadata was just checked; the server checks the rest
      }
    }
    return objects;
  }

  #send(documents: readonly UnknownObject[], text: string, body: string): void {
    const reasons: Reason[] = [];
    for (const [at, edited] of documents.entries()) {
      const original = this.#objects.find(({ shown }, index) => haveSameUid(shown, edited) ?? index === at);
      if (original === undefined)
        throw this.#kept(text, `no original object found for ${JSON.stringify(edited.metadata.name)}`);
      const reason = this.#patch(original, edited, text);
      if (reason !== undefined) reasons.push(reason);
    }
    if (reasons.length > 0) this.open(reasons, body);
    else this.#io.exit(0);
  }

  /** Sends what changed of one object; why it was refused. */
  #patch({ target, shown }: Edited, edited: UnknownObject, text: string): Reason | undefined {
    const { info, name } = target;
    if (deepEqual(plain(shown), edited) && !this.#args.bool("save-config")) {
      this.#print(info, target.object, "skipped");
      return undefined;
    }
    try {
      const noted = recorded(this.#args, edited);
      const patch = this.#mode.patch(target, shown, this.#args.bool("save-config") ? withLastApplied(noted) : noted);
      if (this.#args.bool("output-patch")) this.#io.out(`Patch: ${compactJson(patch.body)}\n`);
      const options = {
        fieldManager: this.#args.string("field-manager") || this.#mode.fieldManager,
        fieldValidation: fieldValidation(this.#args),
      };
      const status = this.#args.string("subresource") === "status" ? ({ subresource: "status" } as const) : {};
      this.#print(info, patchObject(this.#io, target, patch, { ...options, ...status }), "edited");
      return undefined;
    } catch (error) {
      if (error instanceof CommandError) throw this.#kept(text, error.message);
      if (!(error instanceof StatusError)) throw error;
      return this.#refused(`${resourceName(info)} ${JSON.stringify(name)}`, error, text);
    }
  }

  /** What is invalid is edited again; anything else ends the edit, and the text is kept. */
  // Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util/editor editResults.addError
  #refused(what: string, { status }: StatusError, text: string): Reason {
    if (status.reason === "Invalid") {
      this.#io.err(`error: ${what} is invalid\n`);
      return { head: `${what} was not valid`, items: status.causes.map(fieldErrorText) };
    }
    this.#io.files.set(this.#file, text);
    const file = JSON.stringify(this.#file);
    if (status.reason === "NotFound")
      throw new CommandError(
        `${what} could not be found on the server\nThe edits you made on deleted resources have been saved to ${file}`,
      );
    throw new CommandError(
      `${what} could not be patched: ${status.message}\nYou can run \`kubectl replace -f ${this.#file}\` to try this update again.`,
    );
  }

  /** The error that ends the edit; what was made is kept in a file. */
  #kept(text: string, message: string): CommandError {
    this.#io.files.set(this.#file, text);
    this.#io.err(`A copy of your changes has been stored to ${JSON.stringify(this.#file)}\n`);
    return new CommandError(message);
  }
}

/** Whether two objects have the same uid; undefined when neither has one. */
function haveSameUid(shown: UnknownObject, { metadata }: UnknownObject): boolean | undefined {
  if (shown.metadata.uid === undefined && metadata.uid === undefined) return undefined;
  return shown.metadata.uid === metadata.uid;
}

/** The object as its text reads: without fields that are undefined. */
function plain(object: UnknownObject): unknown {
  return JSON.parse(JSON.stringify(object));
}

function withoutComments(text: string): string {
  return text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("#"))
    .join("\n");
}

function comment({ head, items }: Reason): string {
  const line = (text: string) => `# ${text.replaceAll("\n", "\n# ")}\n`;
  return `${line(items.length > 0 ? `${head}:` : head)}${items.map((item) => line(`* ${item}`)).join("")}#\n`;
}
