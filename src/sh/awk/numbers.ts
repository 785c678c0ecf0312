// How awk's functions end a run, and what its operators do with numbers.
import { AwkFault } from "./ast.ts";

/** `exit` inside of a function. */
export class ExitAwk extends Error {
  override name = "ExitAwk";
}

/** An operator on two numbers. @throws AwkFault */
export function arithmetic(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      if (b === 0) throw new AwkFault("division by zero");
      return a / b;
    case "%":
      if (b === 0) throw new AwkFault("division by zero in %");
      return a % b;
    default:
      return a ** b;
  }
}
