import type { EN } from "../en/embed-dialog.ts";

export const DE: typeof EN = {
  full: "Groß öffnen",
  noWindows:
    "Die Seite, in die dieser Rahmen eingebettet ist, erlaubt ihm nicht, Fenster zu öffnen. Den Link kopieren und selbst öffnen.",
  link: "Link",
  embed: "Einbetten",
  picture: "Bild",
  console: "Konsole",
  split: "YAML und Bild",
  frameTitle: "Podpath: ein Kubernetes-Service, simuliert",
  intro:
    "Diesen Code in eine beliebige Seite einfügen. Er braucht kein Konto, keinen Speicher und keinen anderen Server als den, von dem er kommt.",
  codeWith: "Code mit",
  withYaml: "dem YAML in der Seite und einem Skript",
  withFrame: "einem Rahmen, ohne Skript",
  begins: "Beginnt mit",
  theme: "Farben",
  themes: { light: "hell", dark: "dunkel" },
  around: "wie die umgebende Seite",
  system: "nach der Systemeinstellung",
  height: "Höhe in Pixeln",
  controls: "Bedienelemente zeigen",
  autoplay: "Beginnen, sobald es sichtbar ist",
  readonly: "YAML nur lesbar machen",
  predict: "Fragen, wohin ein Paket geht, bevor es sich bewegt",
  only: "Nur zeigen, was das Bild jetzt zeigt",
  code: "Code",
  preview: "Die Vorschau öffnen",
};
