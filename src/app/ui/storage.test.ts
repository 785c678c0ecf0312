import { afterEach, describe, expect, test, vi } from "vitest";
import { readSetting, writeSetting } from "./storage.ts";

const refuse = () => {
  throw new Error("not yours");
};

const BROKEN: ReadonlyArray<readonly [name: string, descriptor: PropertyDescriptor]> = [
  ["missing", { value: undefined }],
  ["null", { value: null }],
  ["a getter that throws a DOMException", { get: refuseAccess }],
  ["a getter that throws anything", { get: refuse }],
  ["something without methods", { value: {} }],
  ["full", { value: { getItem: () => null, setItem: refuse, removeItem: refuse } }],
  ["broken in every method", { value: { getItem: refuse, setItem: refuse, removeItem: refuse } }],
];

function refuseAccess(): never {
  throw new DOMException("denied", "SecurityError");
}

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, "localStorage");
});

describe("[KEPT-1] storage that is", () => {
  test.each(BROKEN)("%s is no storage", (_name, descriptor) => {
    Object.defineProperty(globalThis, "localStorage", { ...descriptor, configurable: true });
    expect(readSetting("a")).toBeUndefined();
    expect(writeSetting("a", "b")).toBe(false);
    expect(writeSetting("a", undefined)).toBe(false);
  });
});

test("what is written is read, under names of this page", () => {
  const map = new Map<string, string>();
  const storage = {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => map.set(key, value),
    removeItem: (key: string) => map.delete(key),
  };
  vi.stubGlobal("localStorage", storage);
  expect(writeSetting("height", "12")).toBe(true);
  expect(readSetting("height")).toBe("12");
  expect([...map]).toEqual([["podpath.height", "12"]]);
  expect(writeSetting("height", undefined)).toBe(true);
  expect(map.size).toBe(0);
});
