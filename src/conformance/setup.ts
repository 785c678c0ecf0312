// Part of every test file: what the walls of a cluster catch fails the test, as it would fail without walls.
import { afterEach, beforeEach } from "vitest";
import { Mishaps } from "../cluster/index.ts";

const note = Mishaps.prototype.note;
let missed: unknown[] = [];

/** Tests of the walls throw errors with these words. */
const ON_PURPOSE = "on purpose";

beforeEach(() => {
  missed = [];
  Mishaps.prototype.note = function (where, error) {
    if (!String(error).includes(ON_PURPOSE)) missed.push(error);
    note.call(this, where, error);
  };
});

afterEach(() => {
  Mishaps.prototype.note = note;
  if (missed.length > 0) throw missed[0];
});
