import type { EN } from "../en/kit.ts";

export const DE: typeof EN = {
  notLoaded: "Die Spielwiese ließ sich hier nicht laden. Das ist ihr YAML.",
  title: "Ein Kubernetes-Service, simuliert",
  skip: "Die Spielwiese überspringen",
  back: "Zurück vor die Spielwiese",
  inYaml: (problem) => `In diesem YAML: ${problem}`,
};
