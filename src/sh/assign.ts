// Assignments: `name=value`, `name+=value`, `name=(…)`, `name[i]=value`.
import type { Assignment } from "./ast.ts";
import type { Expander } from "./expand.ts";
import type { State, Variable } from "./state.ts";
import type { Task } from "./task.ts";

/** Sets the variable; gives the text that it now has, undefined for a whole array. */
export function* assign(assignment: Assignment, expander: Expander): Task<string | undefined> {
  const { name, append, value, elements, index } = assignment;
  const { state } = expander;
  const before = state.variables.get(name);
  if (elements !== undefined) {
    const kept = append ? elementsOf(before) : new Map<number, string>();
    let next = Math.max(-1, ...kept.keys()) + 1;
    for (const each of yield* expander.fields(elements)) kept.set(next++, each);
    state.setElements(name, kept);
    return undefined;
  }
  const text = yield* expander.text(value);
  if (index === undefined) return set(state, name, append ? (state.get(name) ?? "") + text : text);
  const at = Number(yield* expander.arithmetic(index));
  const kept = elementsOf(before);
  state.setElements(name, kept.set(at, append ? (kept.get(at) ?? "") + text : text));
  return text;
}

function set(state: State, name: string, text: string): string {
  state.set(name, text);
  return text;
}

function elementsOf(variable: Variable | undefined): Map<number, string> {
  if (variable === undefined) return new Map();
  return new Map(variable.elements ?? [[0, variable.value]]);
}
