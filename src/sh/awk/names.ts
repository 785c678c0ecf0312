// The names of awk's own functions.

export const FUNCTIONS: ReadonlySet<string> = new Set(
  "length substr index split sub gsub gensub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper system close fflush systime strftime".split(
    " ",
  ),
);
