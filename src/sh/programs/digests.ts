// Digests of bytes: MD5 (RFC 1321), SHA-1 and SHA-256 (FIPS 180-4).

/** The message with its padding, in blocks of 64 bytes. */
function padded(bytes: Uint8Array, littleEnd: boolean): DataView {
  const size = (((bytes.length + 8) >> 6) + 1) << 6;
  const view = new DataView(new ArrayBuffer(size));
  for (const [at, byte] of bytes.entries()) view.setUint8(at, byte);
  view.setUint8(bytes.length, 0x80);
  const bits = bytes.length * 8;
  view.setUint32(size - (littleEnd ? 8 : 4), bits >>> 0, littleEnd);
  view.setUint32(size - (littleEnd ? 4 : 8), Math.floor(bits / 2 ** 32), littleEnd);
  return view;
}

const rotated = (value: number, by: number) => (value << by) | (value >>> (32 - by));

function hex(words: Iterable<number>, littleEnd: boolean): string {
  const view = new DataView(new ArrayBuffer(4));
  let result = "";
  for (const word of words) {
    view.setUint32(0, word >>> 0, littleEnd);
    result += view.getUint32(0).toString(16).padStart(8, "0");
  }
  return result;
}

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** MD5 in hexadecimal digits. */
export function md5(bytes: Uint8Array): string {
  const view = padded(bytes, true);
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const word = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] ?? 0;
      const constant = Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32);
      const sum = (a + mixed + constant + view.getUint32(block + (word % 16) * 4, true)) | 0;
      [a, d, c] = [d, c, b];
      b = (b + rotated(sum, MD5_SHIFTS[round * 4 + (i % 4)] ?? 0)) | 0;
    }
    for (const [at, word] of [a, b, c, d].entries()) state[at] = ((state[at] ?? 0) + word) | 0;
  }
  return hex(state, true);
}

/** SHA-1 in hexadecimal digits. */
export function sha1(bytes: Uint8Array): string {
  const view = padded(bytes, false);
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const schedule = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 80; i++) {
      const before =
        (schedule[i - 3] ?? 0) ^ (schedule[i - 8] ?? 0) ^ (schedule[i - 14] ?? 0) ^ (schedule[i - 16] ?? 0);
      schedule[i] = i < 16 ? view.getUint32(block + i * 4) : rotated(before, 1);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let i = 0; i < 80; i++) {
      const round = Math.floor(i / 20);
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round] ?? 0;
      const next = (rotated(a, 5) + mixed + e + constant + (schedule[i] ?? 0)) | 0;
      [e, d, c, b, a] = [d, c, rotated(b, 30), a, next];
    }
    for (const [at, word] of [a, b, c, d, e].entries()) state[at] = ((state[at] ?? 0) + word) | 0;
  }
  return hex(state, false);
}

/** The first primes, whose roots SHA-256 takes its constants from. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

const fraction = (value: number) => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;

/** SHA-256 in hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  const view = padded(bytes, false);
  const constants = primes(64).map((prime) => fraction(Math.cbrt(prime)));
  const state = new Int32Array(primes(8).map((prime) => fraction(Math.sqrt(prime))));
  const schedule = new Int32Array(64);
  const right = (value: number, by: number) => rotated(value, 32 - by);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 64; i++) {
      const [x, y] = [schedule[i - 15] ?? 0, schedule[i - 2] ?? 0];
      const low = right(x, 7) ^ right(x, 18) ^ (x >>> 3);
      const high = right(y, 17) ^ right(y, 19) ^ (y >>> 10);
      schedule[i] =
        i < 16 ? view.getUint32(block + i * 4) : ((schedule[i - 16] ?? 0) + low + (schedule[i - 7] ?? 0) + high) | 0;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const first =
        (h +
          (right(e, 6) ^ right(e, 11) ^ right(e, 25)) +
          ((e & f) ^ (~e & g)) +
          (constants[i] ?? 0) +
          (schedule[i] ?? 0)) |
        0;
      const second = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at] = ((state[at] ?? 0) + word) | 0;
  }
  return hex(state, false);
}
