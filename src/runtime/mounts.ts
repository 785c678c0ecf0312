// The files of a container: its own layer, and volumes at their places in it.
import { FileError, type FileStat, type FileSystem } from "../sh/index.ts";

/** Something mounted into a container. */
export interface Mount {
  /** Where: an absolute, plain path. */
  readonly path: string;
  readonly files: FileSystem;
  /** The part of the volume that is seen: a directory, or a single file. `/` is all of it. */
  readonly from: string;
  readonly readOnly: boolean;
}

/** Whether a path may be written to by the container's user. */
export type MayWrite = (path: string) => boolean;

/** A file system made of others. Called for each change; paths that nobody may write are refused. */
export class Mounts implements FileSystem {
  readonly #mounts: readonly Mount[];
  readonly #root: FileSystem;
  readonly #mayWrite: MayWrite;
  readonly #changed: () => void;

  constructor(root: FileSystem, mounts: readonly Mount[], how: { mayWrite: MayWrite; changed(): void }) {
    this.#root = root;
    this.#mounts = [...mounts].sort((a, b) => b.path.length - a.path.length);
    this.#mayWrite = how.mayWrite;
    this.#changed = how.changed;
  }

  stat(path: string): FileStat | undefined {
    const { files, inner } = this.#find(path);
    const found = files.stat(inner);
    if (found !== undefined || !this.#mounts.some((mount) => mount.path.startsWith(path === "/" ? "/" : `${path}/`)))
      return found;
    return { kind: "directory", size: 4096, mode: 0o755, owner: "root", group: "root", changedAt: 0 };
  }

  read(path: string): string {
    const { files, inner } = this.#find(path);
    return files.read(inner);
  }

  write(path: string, text: string): void {
    this.#change(path, (files, inner) => files.write(inner, text));
  }

  append(path: string, text: string): void {
    this.#change(path, (files, inner) => files.append(inner, text));
  }

  remove(path: string): void {
    if (this.#mounts.some((mount) => mount.path === path)) throw new FileError("EBUSY");
    this.#change(path, (files, inner) => files.remove(inner));
  }

  mkdir(path: string): void {
    if (this.stat(path) !== undefined) throw new FileError("EEXIST");
    this.#change(path, (files, inner) => files.mkdir(inner));
  }

  chmod(path: string, mode: number): void {
    this.#change(path, (files, inner) => files.chmod?.(inner, mode));
  }

  list(path: string): readonly string[] {
    const { files, inner } = this.#find(path);
    const inside = path === "/" ? "/" : `${path}/`;
    const below = this.#mounts.flatMap((mount) =>
      mount.path.startsWith(inside) ? [mount.path.slice(inside.length).split("/", 1)[0] ?? ""] : [],
    );
    const own = below.length > 0 && files.stat(inner) === undefined ? [] : files.list(inner);
    return [...new Set([...own, ...below])].sort();
  }

  #change(path: string, change: (files: FileSystem, inner: string) => void): void {
    const { files, inner, readOnly } = this.#find(path);
    if (readOnly) throw new FileError("EROFS");
    if (files === this.#root && !this.#mayWrite(path)) throw new FileError("EACCES");
    change(files, inner);
    this.#changed();
  }

  #find(path: string): { readonly files: FileSystem; readonly inner: string; readonly readOnly: boolean } {
    for (const { path: at, files, from, readOnly } of this.#mounts) {
      if (path !== at && !path.startsWith(at === "/" ? "/" : `${at}/`)) continue;
      const rest = path.slice(at.length);
      return { files, inner: from === "/" ? rest || "/" : `${from}${rest}`, readOnly };
    }
    return { files: this.#root, inner: path, readOnly: false };
  }
}
