// awk's statements at work.
import type { Statement } from "./ast.ts";
import { AwkExpressions, type Ending } from "./evaluate.ts";
import { inputValue, isTrue, sprintf, toNumber, toText } from "./values.ts";

/** One run of a program. */
export class AwkRun extends AwkExpressions {
  override execute(statement: Statement): Ending {
    this.step();
    switch (statement.kind) {
      case "block":
        for (const each of statement.body) {
          const ending = this.execute(each);
          if (ending !== undefined) return ending;
        }
        return undefined;
      case "expression":
        this.evaluate(statement.value);
        return undefined;
      case "print":
      case "printf":
        this.#print(statement);
        return undefined;
      case "if":
        if (isTrue(this.evaluate(statement.condition))) return this.execute(statement.yes);
        return statement.no === undefined ? undefined : this.execute(statement.no);
      case "while":
        return this.#while(statement);
      case "for":
        return this.#for(statement);
      case "for-in":
        return this.#forIn(statement);
      case "delete":
        if (statement.keys === undefined) this.array(statement.array).clear();
        else this.array(statement.array).delete(this.key(statement.keys));
        return undefined;
      case "return":
        this.returned = statement.value === undefined ? undefined : this.evaluate(statement.value);
        return "return";
      case "exit":
        if (statement.status !== undefined) this.status = Math.trunc(toNumber(this.evaluate(statement.status))) & 255;
        return "exit";
      default:
        return statement.kind;
    }
  }

  #print({ kind, args, target }: Extract<Statement, { kind: "print" | "printf" }>): void {
    const values = args.map((arg) => this.evaluate(arg));
    let text: string;
    if (kind === "printf") text = sprintf(this.asText(values[0]), values.slice(1));
    else if (values.length === 0) text = this.record.text + this.text("ORS");
    else text = values.map((value) => toText(value, this.text("OFMT"))).join(this.text("OFS")) + this.text("ORS");
    if (target === undefined) this.outputs.print(text);
    else this.outputs.to(target.kind, this.asText(this.evaluate(target.to)), text);
  }

  #while({ condition, body, first }: Extract<Statement, { kind: "while" }>): Ending {
    for (let begun = first; begun || isTrue(this.evaluate(condition)); begun = false) {
      const ending = this.execute(body);
      if (ending === "break") return undefined;
      if (ending !== undefined && ending !== "continue") return ending;
    }
    return undefined;
  }

  #for({ begin, condition, step, body }: Extract<Statement, { kind: "for" }>): Ending {
    if (begin !== undefined) this.execute(begin);
    while (condition === undefined || isTrue(this.evaluate(condition))) {
      const ending = this.execute(body);
      if (ending === "break") return undefined;
      if (ending !== undefined && ending !== "continue") return ending;
      if (step !== undefined) this.execute(step);
    }
    return undefined;
  }

  #forIn({ name, array, body }: Extract<Statement, { kind: "for-in" }>): Ending {
    const found = this.array(array);
    for (const key of [...found.keys()]) {
      this.assign({ kind: "variable", name }, inputValue(key));
      const ending = this.execute(body);
      if (ending === "break") return undefined;
      if (ending !== undefined && ending !== "continue") return ending;
    }
    return undefined;
  }
}
