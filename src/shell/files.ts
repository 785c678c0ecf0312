// The console's files: one map that the page shares, seen as a file system from the home directory, and as kubectl's map from wherever one is.
import { type FileTexts, resolvePath } from "../sh/index.ts";

/** The home directory on the laptop. Files in it are known by their plain names. */
export const HOME = "/home/learner";

/** The name under which the map knows an absolute path. */
function keyOf(path: string): string {
  return path.startsWith(`${HOME}/`) ? path.slice(HOME.length + 1) : path;
}

/** The absolute path of a name in the map. */
function pathOf(key: string): string {
  return resolvePath(key, HOME);
}

/** The map's texts by absolute paths. */
export function textsOf(files: Map<string, string>): FileTexts {
  return {
    get: (path) => files.get(keyOf(path)),
    set: (path, text) => void files.set(keyOf(path), text),
    delete: (path) => void files.delete(keyOf(path)),
    has: (path) => files.has(keyOf(path)),
    keys: () => Array.from(files.keys(), pathOf),
  };
}

/** Texts of files as a map by the paths that a program in a directory uses. */
export class FilesFrom extends Map<string, string> {
  readonly #texts: FileTexts;
  readonly #cwd: string;

  constructor(texts: FileTexts, cwd: string) {
    super();
    this.#texts = texts;
    this.#cwd = cwd;
  }

  #path(name: string): string {
    return resolvePath(name, this.#cwd);
  }

  override get(name: string): string | undefined {
    return this.#texts.get(this.#path(name));
  }

  override has(name: string): boolean {
    return this.#texts.has(this.#path(name));
  }

  override set(name: string, text: string): this {
    this.#texts.set(this.#path(name), text);
    return this;
  }

  override delete(name: string): boolean {
    const there = this.has(name);
    this.#texts.delete(this.#path(name));
    return there;
  }

  override get size(): number {
    return Array.from(this.#texts.keys()).length;
  }

  /** Paths below the directory by their relative names, all others as they are. */
  override *keys(): MapIterator<string> {
    const inside = this.#cwd === "/" ? "/" : `${this.#cwd}/`;
    for (const path of this.#texts.keys()) yield path.startsWith(inside) ? path.slice(inside.length) : path;
  }

  override *entries(): MapIterator<[string, string]> {
    for (const name of this.keys()) yield [name, this.get(name) ?? ""];
  }

  override *values(): MapIterator<string> {
    for (const name of this.keys()) yield this.get(name) ?? "";
  }

  override [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }
}
