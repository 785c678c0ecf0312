// What the script for other pages says in them. It has no language of its own to load: the page around has one.

export const EN = {
  notLoaded: "The playground did not load here. This is its YAML.",
  title: "A Kubernetes Service, simulated",
  skip: "Skip the playground",
  back: "Back before the playground",
  inYaml: (problem: string) => `In this YAML, ${problem}`,
};
