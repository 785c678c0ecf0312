// Quantities: canonical forms and errors, as in k8s.io/apimachinery/pkg/api/resource quantity_test.go.
import { expect, test } from "vitest";
import { formatQuantity, parseQuantity } from "./quantity.ts";

function canonical(text: string): string {
  const parsed = parseQuantity(text);
  return "error" in parsed ? `! ${parsed.error}` : formatQuantity(parsed);
}

test.each([
  ["0", "0"],
  ["0n", "0"],
  ["100m", "100m"],
  ["0.5", "500m"],
  [".5", "500m"],
  ["5.", "5"],
  ["1.5Gi", "1536Mi"],
  ["0.5Ki", "512"],
  ["1Ki", "1Ki"],
  ["1024", "1024"],
  ["1000Mi", "1000Mi"],
  ["1024Mi", "1Gi"],
  ["0.000001Ki", "1024u"],
  ["1000k", "1M"],
  ["1e3", "1e3"],
  ["100E3", "100e3"],
  ["100E", "100E"],
  ["1E6", "1e6"],
  ["-1.5k", "-1500"],
  ["+2", "2"],
  ["0.1n", "1n"],
  ["9223372036854775807Ki", "9223372036854775807"],
])("%s is %s", (text, expected) => {
  expect(canonical(text)).toBe(expected);
});

test.each(["", "abc", "1.2.3", "5 Gi", "1,5", "aGi"])("%j matches no quantity", (text) => {
  expect(canonical(text)).toBe(
    "! quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  );
});

test.each(["1mm", "1Mi5", "1K", "1e", "1ki", "--1"])("%j has no suffix of quantities", (text) => {
  expect(canonical(text)).toBe("! unable to parse quantity's suffix");
});
