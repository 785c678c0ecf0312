// Pods keep their places.
import { expect, test } from "vitest";
import { growingCells, Slots } from "./slots.ts";

test("who was there stays where they were when someone joins or leaves", () => {
  const slots = new Slots();
  expect([...slots.assign("node-1", ["a", "b", "c"])]).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 2],
  ]);
  expect([...slots.assign("node-1", ["a", "c"])]).toEqual([
    ["a", 0],
    ["c", 2],
  ]);
  expect([...slots.assign("node-1", ["a", "c", "d", "e"])]).toEqual([
    ["a", 0],
    ["c", 2],
    ["d", 1],
    ["e", 3],
  ]);
});

test("each band has places of its own", () => {
  const slots = new Slots();
  slots.assign("node-1", ["a"]);
  expect([...slots.assign("node-2", ["b"])]).toEqual([["b", 0]]);
});

test("a growing grid never moves a cell, and gives no cell twice", () => {
  const growth = { columns: 2, rows: 2, cellWidth: 130, cellHeight: 64 };
  const many = growingCells(60, growth);
  for (let count = 1; count < 60; count++) expect(growingCells(count, growth)).toEqual(many.slice(0, count));
  expect(new Set(many.map((cell) => `${cell.column},${cell.row}`)).size).toBe(60);
});
