import type { EN } from "../en/exports.ts";

export const DE: typeof EN = {
  drawing: "Was das Bild zeichnet",
  group: "Mitnehmen",
  svg: "Bild (SVG)",
  png: "Bild (PNG)",
  real: "Für einen echten Cluster",
  realNote: "Ein Shell-Skript mit dem YAML, einem Cluster von kind und den Befehlen, die es ausführen.",
  saved: (file) => `${file} ist gespeichert.`,
  failed: "Dieser Browser konnte das PNG nicht erzeugen; das SVG hat denselben Inhalt.",
  title: "Ein Kubernetes-Cluster, simuliert von Podpath",
  script: {
    about: "Führt auf einem echten Cluster aus, was Podpath gezeigt hat; kind erzeugt ihn auf diesem Rechner.",
    needs:
      "Nötig sind docker, kind und kubectl. Podpath verhält sich wie Kubernetes 1.36; die Version hier ist die von kind.",
    ports:
      "Auf einem echten Rechner ist ein Node von kind ein Container. Unter Linux ist seine Adresse erreichbar, mit Docker Desktop unter macOS und Windows nicht; deshalb ist jeder nodePort auch auf localhost abgebildet.",
    local:
      "Nur die Ports dieses Nodes sind abgebildet. Mit externalTrafficPolicy: Local antwortet er nur, wenn einer der Pods auf ihm läuft.",
    cloud:
      "Ein Service vom Typ LoadBalancer bleibt <pending>, bis cloud-provider-kind läuft; sein nodePort funktioniert auch so.",
    ingress: "Ein Ingress bewirkt nichts, bis ein Ingress-Controller installiert ist.",
    send: "Eine Anfrage von diesem Rechner",
    inside: "Eine Anfrage aus dem Cluster",
    away: "Entfernt alles wieder:",
  },
};
