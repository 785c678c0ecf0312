// A lesson that is to be opened.

/** A lesson by its name, and the step at which it begins, from 1. Asked again, it is another object. */
export interface AskedLesson {
  readonly id: string;
  readonly step?: number | undefined;
}

/** The lesson that the query of an address asks for. */
export function askedBy(search: string): AskedLesson | undefined {
  const query = new URLSearchParams(search);
  const id = query.get("lesson");
  const step = Number(query.get("step") ?? 1);
  return id === null ? undefined : { id, step: Number.isSafeInteger(step) ? step : 1 };
}
