// Programs that need nothing but words, files, streams and time.

import { awk } from "../awk/index.ts";
import { jq } from "../jq/index.ts";
import type { Program } from "../machine.ts";
import { sed } from "../sed/index.ts";
import { COLUMN_PROGRAMS } from "./columns.ts";
import { COMPARE_PROGRAMS } from "./compare.ts";
import { date } from "./dates.ts";
import { echo } from "./echo.ts";
import { expr } from "./expr.ts";
import { FILE_PROGRAMS } from "./files.ts";
import { GREP_PROGRAMS } from "./grep.ts";
import { LINE_PROGRAMS } from "./lines.ts";
import { PLACE_PROGRAMS } from "./places.ts";
import { printf } from "./printf.ts";
import { SIMPLE_PROGRAMS } from "./simple.ts";
import { SORT_PROGRAMS } from "./sort.ts";

/** Programs by name. A machine offers those that it has by its `program`. */
export const PROGRAMS: ReadonlyMap<string, Program> = new Map(
  Object.entries({
    ...COLUMN_PROGRAMS,
    ...COMPARE_PROGRAMS,
    ...FILE_PROGRAMS,
    ...GREP_PROGRAMS,
    ...LINE_PROGRAMS,
    ...PLACE_PROGRAMS,
    ...SIMPLE_PROGRAMS,
    ...SORT_PROGRAMS,
    awk,
    expr,
    jq,
    sed,
    date,
    echo: echo("bash"),
    printf,
    true: () => 0,
    false: () => 1,
  } satisfies Record<string, Program>),
);
