// What the page says of changes, branches and what is shown.
import { spoken } from "../language.ts";

export const EN = {
  onlyBranch: "The only branch cannot be deleted.",
  notes: (limit: number) => `You can keep up to ${limit} notes. Delete one first.`,
  branchName: (action: string, time: string) => `${action} at ${time}`,
  branches: (limit: number) => `You can keep up to ${limit} branches. Delete one before you start another.`,
  back: (time: string) => `Back at ${time}`,
  backAt: (time: string) => `Back at ${time}.`,
};

export const W = spoken("store-more", EN);
