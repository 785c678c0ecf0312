// Keys that come from outside are looked up and set by `own` and `setOwn`, never by brackets: the compiler says what is text.
import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type ElementAccessExpression, type Node, SyntaxKind } from "typescript/unstable/ast";
import {
  isBinaryExpression,
  isCallExpression,
  isDeleteExpression,
  isElementAccessExpression,
  isForInStatement,
  isPropertyAccessExpression,
  isStringLiteral,
} from "typescript/unstable/ast/is";
import { API, type Checker, type Type, TypeFlags } from "typescript/unstable/sync";
import { expect, test } from "vitest";

const ROOT = dirname(fileURLToPath(import.meta.url));

/** Where keys are handled for everyone else, and what names no outside key: `file: text`. */
const ALLOWED = new Set([
  "cluster/sim/values.ts: record[key]",
  "cluster/sim/values.ts: key in record",
  "cluster/sim/values.ts: for (const key in left)",
  "cluster/sim/values.ts: left[key]",
  "cluster/sim/values.ts: for (const key in right)",
  "cluster/sim/values.ts: right[key]",
  "cluster/apimachinery/labels.ts: for (const key in map)",
  "cluster/apimachinery/labels.ts: map[key]",
  "cluster/apiserver/parts.ts: Object.assign(metadata, { [field]: before[field] })",
  "cluster/apiserver/parts.ts: Object.assign(to, { [field]: value })",
  "cluster/apiserver/writer.ts: Object.assign(next, { spec: { ...specOf(old), replicas: specOf(object).replicas } })",
  "app/store/run.ts: Object.assign(run, { world, ask, dryRun, origin, ...told, siblings: [] })",
  "app/ui/Tabs.tsx: names[tab]",
  "app/editor/monaco/worker.ts: Object.assign(globalThis, { MonacoEnvironment: { getWorker } })",
]);

const OUTSIDE_PRODUCT = /\.test\.tsx?$|^(?:e2e|bench|conformance|fuzz)\//;

/** Whether a key of this type can be any text. */
function isText(type: Type | undefined, checker: Checker): boolean {
  if (type === undefined) return true;
  if (type.isUnionType()) return type.getTypes().some((each) => isText(each, checker));
  const { String: text, TemplateLiteral, StringMapping, Any, Unknown } = TypeFlags;
  if (type.flags & (text | TemplateLiteral | StringMapping | Any | Unknown)) return true;
  if (type.isIntersectionType()) return type.getTypes().every((each) => isText(each, checker));
  const { TypeParameter, IndexedAccess, Conditional } = TypeFlags;
  if (!(type.flags & (TypeParameter | IndexedAccess | Conditional))) return false;
  const bound = checker.getBaseConstraintOfType(type);
  return bound === undefined || bound === type || isText(bound, checker);
}

function isRisky(node: Node, checker: Checker): boolean {
  if (isForInStatement(node)) return true;
  if (isElementAccessExpression(node)) return !isDeleteExpression(node.parent) && hasTextKey(node, checker);
  if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword)
    return !isStringLiteral(node.left) && isText(checker.getTypeAtLocation(node.left), checker);
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return false;
  return node.expression.getText() === "Object.assign";
}

function hasTextKey({ argumentExpression }: ElementAccessExpression, checker: Checker): boolean {
  return !isStringLiteral(argumentExpression) && isText(checker.getTypeAtLocation(argumentExpression), checker);
}

/** The expression as it is written; of a loop its head, of a call its first line. */
function written(node: Node): string {
  const text = isForInStatement(node) ? `${node.getText().split(")")[0]})` : node.getText();
  return text.split("\n")[0] ?? "";
}

test("[KEY-2] no key from outside is looked up where prototypes are seen", { timeout: 60_000 }, () => {
  const api = new API({ cwd: dirname(ROOT) });
  try {
    const project = api.updateSnapshot({ openProjects: ["tsconfig.json"] }).getProjects()[0];
    if (project === undefined) throw new Error("the project is not found");
    const risky: string[] = [];
    for (const name of project.program.getSourceFileNames()) {
      const path = relative(ROOT, name).split(sep).join("/");
      if (path.startsWith("..") || OUTSIDE_PRODUCT.test(path)) continue;
      const visit = (node: Node): void => {
        if (isRisky(node, project.checker)) risky.push(`${path}: ${written(node)}`);
        node.forEachChild(visit);
      };
      const file = project.program.getSourceFile(name);
      if (file !== undefined) visit(file);
    }
    expect(risky.filter((each) => !ALLOWED.has(each))).toEqual([]);
    expect([...ALLOWED].filter((each) => !risky.includes(each))).toEqual([]);
  } finally {
    api.close();
  }
});
