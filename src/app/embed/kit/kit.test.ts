// The parts of the kit that need no page.
import { expect, test } from "vitest";
import { themeOf } from "./theme.ts";

test.each([
  ["rgb(255, 255, 255)", "light"],
  ["rgb(27, 27, 29)", "dark"],
  ["rgba(0, 0, 0, 0)", undefined],
  ["rgba(27, 27, 29, 0.9)", "dark"],
  ["rgb(0 0 0 / 20%)", undefined],
  ["color(srgb 0.1 0.1 0.12)", "dark"],
  ["color(srgb 0.95 0.95 0.95 / 0.8)", "light"],
  ["oklch(0.2 0.02 250)", "dark"],
  ["oklab(0.97 0 0)", "light"],
  ["lab(96 0 0)", "light"],
  ["lch(12 5 200 / 0.3)", undefined],
  ["transparent", undefined],
  ["", undefined],
  ["rgb(255, 255, 0)", "light"],
  ["rgb(0, 0, 139)", "dark"],
])("[KIT-1] a background of %s is %s", (colour, theme) => {
  expect(themeOf(colour)).toBe(theme);
});
