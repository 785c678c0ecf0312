// What awk's programs are read into.

/** An expression. */
export type Expr =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "regex"; readonly source: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "field"; readonly index: Expr }
  | { readonly kind: "element"; readonly name: string; readonly keys: readonly Expr[] }
  | { readonly kind: "unary"; readonly operator: "!" | "-" | "+"; readonly inner: Expr }
  | { readonly kind: "step"; readonly target: Expr; readonly by: 1 | -1; readonly before: boolean }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "match"; readonly negated: boolean; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "in"; readonly keys: readonly Expr[]; readonly array: string }
  | { readonly kind: "and" | "or"; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "choice"; readonly condition: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: "assign"; readonly target: Expr; readonly operator: string; readonly value: Expr }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expr[]; readonly own: boolean }
  | { readonly kind: "getline"; readonly target?: Expr; readonly file?: Expr; readonly command?: Expr }
  | { readonly kind: "group"; readonly inner: Expr };

/** Where `print` and `printf` write to. */
export interface Target {
  readonly kind: ">" | ">>" | "|";
  readonly to: Expr;
}

export type Statement =
  | { readonly kind: "block"; readonly body: readonly Statement[] }
  | { readonly kind: "print" | "printf"; readonly args: readonly Expr[]; readonly target?: Target }
  | { readonly kind: "expression"; readonly value: Expr }
  | { readonly kind: "if"; readonly condition: Expr; readonly yes: Statement; readonly no?: Statement }
  | { readonly kind: "while"; readonly condition: Expr; readonly body: Statement; readonly first: boolean }
  | {
      readonly kind: "for";
      readonly begin?: Statement;
      readonly condition?: Expr;
      readonly step?: Statement;
      readonly body: Statement;
    }
  | { readonly kind: "for-in"; readonly name: string; readonly array: string; readonly body: Statement }
  | { readonly kind: "delete"; readonly array: string; readonly keys?: readonly Expr[] }
  | { readonly kind: "return"; readonly value?: Expr }
  | { readonly kind: "exit"; readonly status?: Expr }
  | { readonly kind: "next" | "nextfile" | "break" | "continue" };

/** A pattern and what is done where it holds. */
export interface Rule {
  readonly pattern?: Expr;
  /** The second pattern of a range. */
  readonly until?: Expr;
  /** Undefined means `print`. */
  readonly action?: Statement;
}

export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface AwkProgram {
  readonly begin: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
  /** Whether it reads records by `getline` from the main input. */
  readonly reads: boolean;
}

/** A program that can't be read, or can't continue. */
export class AwkFault extends Error {
  override name = "AwkFault";
}
