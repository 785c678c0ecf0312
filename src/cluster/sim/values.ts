// Plain values: keys from outside, copying, freezing and comparing JSON-like data.

/**
 * What a record holds itself under a key, nothing that it inherits: `constructor` and `__proto__` are keys like any other.
 * Every key that comes from outside (a label, a field of a patch, a program's name) is looked up with this.
 */
export function own<T>(record: Readonly<Record<string, T>> | null | undefined, key: string): T | undefined {
  return record !== null && record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Sets a field of the record itself, whatever its name: a plain assignment to `__proto__` would change what the record inherits. */
export function setOwn<T>(record: Record<string, T>, key: string, value: T): void {
  if (key in record && !Object.hasOwn(record, key))
    Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
  else record[key] = value;
}

/** A deep copy that may be changed; leaves are shared only when they are primitive. */
export function deepCopy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(deepCopy) as T; // same shape by construction
  if (value === null || typeof value !== "object") return value;
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) if (each !== undefined) setOwn(copy, key, deepCopy(each));
  return copy as T; // same shape by construction
}

/** Freezes a value and all it holds, and returns it. */
export function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== "object" || Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) deepFreeze(each);
  return Object.freeze(value);
}

/** Whether two JSON-like values are the same; keys whose value is undefined count as absent, order of keys does not matter. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, i) => deepEqual(each, b[i]));
  return sameFields(a, b);
}

function sameFields(a: object, b: object): boolean {
  const left = a as Readonly<Record<string, unknown>>; // read by key only
  const right = b as Readonly<Record<string, unknown>>;
  let count = 0;
  for (const key in left) {
    const value = left[key];
    if (value === undefined) continue;
    const other = own(right, key);
    if (other === undefined || !deepEqual(value, other)) return false;
    count++;
  }
  for (const key in right) if (right[key] !== undefined) count--;
  return count === 0;
}
