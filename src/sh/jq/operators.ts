// jq's operators on two values.
import { compare, JqError, kindOf, shown, type Value } from "./values.ts";

const LONGEST = 10_000_000;

function refused(left: Value, right: Value, done: string): JqError {
  return new JqError(`${kindOf(left)} (${shown(left)}) and ${kindOf(right)} (${shown(right)}) cannot be ${done}`);
}

/** `left operator right`. @throws JqError */
export function arithmetic(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case "==":
      return compare(left, right) === 0;
    case "!=":
      return compare(left, right) !== 0;
    case "<":
      return compare(left, right) < 0;
    case "<=":
      return compare(left, right) <= 0;
    case ">":
      return compare(left, right) > 0;
    case ">=":
      return compare(left, right) >= 0;
    case "+":
      return sum(left, right);
    case "-":
      if (typeof left === "number" && typeof right === "number") return left - right;
      if (Array.isArray(left) && Array.isArray(right))
        return left.filter((each) => !right.some((other) => compare(each, other) === 0));
      throw refused(left, right, "subtracted");
    case "*":
      return product(left, right);
    case "/":
      if (typeof left === "string" && typeof right === "string") return left === "" ? [] : left.split(right);
      if (typeof left !== "number" || typeof right !== "number") throw refused(left, right, "divided");
      if (right === 0) throw refused(left, right, "divided because the divisor is zero");
      return left / right;
    default:
      if (typeof left !== "number" || typeof right !== "number") throw refused(left, right, "divided");
      if (Math.trunc(right) === 0) throw refused(left, right, "divided because the divisor is zero");
      return Math.trunc(left) % Math.trunc(right);
  }
}

function sum(left: Value, right: Value): Value {
  if (left === null) return right;
  if (right === null) return left;
  if (typeof left === "number" && typeof right === "number") return left + right;
  if (typeof left === "string" && typeof right === "string") {
    if (left.length + right.length > LONGEST)
      throw new JqError("a text of more than 10000000 characters is not made here");
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (left instanceof Map && right instanceof Map) return new Map([...left, ...right]);
  throw refused(left, right, "added");
}

function product(left: Value, right: Value): Value {
  if (typeof left === "number" && typeof right === "number") return left * right;
  if (typeof left === "string" && typeof right === "number") {
    if (right <= 0) return null;
    const times = Math.max(1, Math.ceil(right));
    if (left.length * times > LONGEST) throw new JqError("a text of more than 10000000 characters is not made here");
    return left.repeat(times);
  }
  if (typeof left === "number" && typeof right === "string") return product(right, left);
  if (left instanceof Map && right instanceof Map) return merged(left, right);
  throw refused(left, right, "multiplied");
}

function merged(left: Map<string, Value>, right: Map<string, Value>): Value {
  const result = new Map(left);
  for (const [key, value] of right) {
    const before = result.get(key);
    result.set(key, before instanceof Map && value instanceof Map ? merged(before, value) : value);
  }
  return result;
}
