// What jq's filters are read into.

export type Filter =
  | { readonly kind: "identity" | "recurse" | "iterate-all" }
  | { readonly kind: "literal"; readonly value: null | boolean | number | string }
  | { readonly kind: "text"; readonly parts: readonly (string | Filter)[]; readonly format: string | undefined }
  | { readonly kind: "format"; readonly name: string }
  | { readonly kind: "index"; readonly target: Filter; readonly key: Filter }
  | { readonly kind: "slice"; readonly target: Filter; readonly from?: Filter; readonly to?: Filter }
  | { readonly kind: "iterate"; readonly target: Filter }
  | { readonly kind: "try"; readonly body: Filter; readonly otherwise?: Filter }
  | { readonly kind: "pipe" | "comma" | "alternative" | "and" | "or"; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "update"; readonly operator: string; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "negate"; readonly inner: Filter }
  | { readonly kind: "array"; readonly inner?: Filter }
  | { readonly kind: "object"; readonly entries: readonly { readonly key: Filter; readonly value: Filter }[] }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Filter[] }
  | { readonly kind: "as"; readonly source: Filter; readonly patterns: readonly Pattern[]; readonly body: Filter }
  | {
      readonly kind: "reduce";
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly init: Filter;
      readonly update: Filter;
    }
  | {
      readonly kind: "foreach";
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly init: Filter;
      readonly update: Filter;
      readonly extract?: Filter;
    }
  | { readonly kind: "if"; readonly condition: Filter; readonly yes: Filter; readonly no?: Filter }
  | { readonly kind: "def"; readonly definition: Definition; readonly body: Filter }
  | { readonly kind: "label"; readonly name: string; readonly body: Filter }
  | { readonly kind: "break"; readonly name: string };

export interface Definition {
  readonly name: string;
  /** Names of filters, or of values with `$` before them. */
  readonly parameters: readonly string[];
  readonly body: Filter;
}

/** What `as` takes a value apart by. */
export type Pattern =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "array"; readonly items: readonly Pattern[] }
  | {
      readonly kind: "object";
      readonly entries: readonly { readonly key: Filter; readonly variable?: string; readonly value?: Pattern }[];
    };

/** A filter that cannot be read. */
export class JqSyntax extends Error {
  override name = "JqSyntax";
}
