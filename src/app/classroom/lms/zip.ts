// A zip file without compression: what a package of a few small files needs.
import { crc32 } from "../../../lessons/index.ts";

/** One file of an archive. */
export interface ZipEntry {
  /** Its path, in ASCII. */
  readonly name: string;
  readonly text: string;
}

/** The first of January 1980, the earliest time of the format: equal packages are equal files. */
const DATE = 0x21;

/** The archive as bytes. Spec: [LMS-3]. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, text } of entries) {
    const [path, bytes] = [encoder.encode(name), encoder.encode(text)];
    const common = [20, 0, 0, 0, DATE, "crc", "size", "size", path.length, 0] as const;
    const fields = fieldsOf(common, crc32(bytes), bytes.length);
    const local = joined([numbers([[0x04034b50, 4]]), fields, path, bytes]);
    locals.push(local);
    central.push(
      joined([
        numbers([
          [0x02014b50, 4],
          [20, 2],
        ]),
        fields,
        numbers([
          [0, 2],
          [0, 2],
          [0, 2],
          [0, 4],
          [offset, 4],
        ]),
        path,
      ]),
    );
    offset += local.length;
  }
  const directory = joined(central);
  const count = entries.length;
  const end = numbers([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  ]);
  return joined([...locals, directory, end]);
}

/** What the header of a file and its entry in the directory have in common. */
function fieldsOf(common: readonly (number | "crc" | "size")[], crc: number, size: number): Uint8Array {
  return numbers(common.map((each) => (each === "crc" ? [crc, 4] : each === "size" ? [size, 4] : [each, 2])));
}

/** Numbers in so many bytes each, the lowest first. */
function numbers(all: readonly (readonly [value: number, bytes: number])[]): Uint8Array {
  return Uint8Array.from(
    all.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 255)),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
