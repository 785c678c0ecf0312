// A second defence behind `own` and `setOwn`: what all objects inherit can no longer be changed.

const OTHERS = [Array, Function, String, Number, Boolean, RegExp, Map, Set, Error].map(
  (each): object => each.prototype,
);

/**
 * Makes the built-in prototypes keep what they have: nothing can be added to them or taken away, and what every object inherits cannot
 * be replaced. An object may still have a `toString` of its own by plain assignment, which frozen prototypes would refuse.
 * To be called once, at the start of a program, for the whole of it.
 */
export function guardPrototypes(): void {
  for (const key of Reflect.ownKeys(Object.prototype)) {
    const { value, get, set } = Object.getOwnPropertyDescriptor(Object.prototype, key) ?? {};
    const isValue = get === undefined && set === undefined;
    Object.defineProperty(Object.prototype, key, {
      configurable: false,
      ...(isValue ? { get: () => value, set: settingOf(key) } : {}),
    });
  }
  Object.preventExtensions(Object.prototype);
  for (const prototype of OTHERS) Object.seal(prototype);
}

/** What an assignment does that meets an inherited value: it gives the object one of its own. */
function settingOf(key: PropertyKey): (value: unknown) => void {
  return function assign(this: object, value: unknown): void {
    if (this === Object.prototype) throw new TypeError(`Object.prototype.${String(key)} cannot be replaced`);
    Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
  };
}
