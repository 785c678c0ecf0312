// A test of the lessons holds this to their German files.
import type { EN } from "../en/lesson-heads.ts";

export const DE: typeof EN = {
  heads: {
    "pods-come-and-go": ["Pods kommen und gehen", "Warum nicht einfach einen Pod über seine Adresse aufrufen?"],
    "a-service-in-front": ["Ein Service davor", "Was bleibt gleich, wenn Pods wechseln?"],
    "labels-and-selector": ["Labels und Selector", "Woher kennt ein Service seine Pods?"],
    "four-ports": ["Vier Ports", "Welcher Port ist welcher?"],
    "from-inside": ["Von innen: ClusterIP und DNS", "Wer kann Name und Adresse eines Service benutzen?"],
    "every-node": ["NodePort auf jedem Node", "Auf welchen Nodes antwortet ein nodePort?"],
    "a-dead-node": ["Welcher Node, und ein toter Node", "Was wird aus einem Service, wenn ein Node ausfällt?"],
    "load-balancer": ["LoadBalancer: ausstehend und zugeteilt", "Wer erzeugt den Load-Balancer?"],
    "cost-and-ingress": ["Was es kostet, und Ingress daneben", "Ein Load-Balancer für jede Anwendung?"],
    "external-name": ["ExternalName", "Kann ein Service für etwas außerhalb des Clusters stehen?"],
    headless: ["Headless", "Was, wenn ein Client alle Pods will statt eines einzigen?"],
    "without-selector": ["Ohne Selector", "Wer schreibt die Endpoints, wenn nichts Pods auswählt?"],
    "several-ports": ["Benannte und mehrere Ports", "Wie teilen sich mehrere Ports einen Service?"],
    namespaces: ["Namespaces und der Suchpfad", "Warum funktioniert derselbe Name hier und dort nicht?"],
    environment: ["Umgebungsvariablen und ihre Reihenfolge", "Warum fehlt die Variable eines Service?"],
    readiness: ["Readiness, und wer ein Endpoint ist", "Wann bekommt ein Pod Anfragen?"],
    "rolling-update": ["Ein Rolling Update ohne verlorene Anfrage", "Wie verliert ein Update Anfragen, und wie nicht?"],
    "session-affinity": ["Session-Affinität", "Kann ein Client bei einem Pod bleiben?"],
    "source-address": [
      "Traffic-Policies und die Quelladresse",
      "Warum sieht der Pod die Adresse eines Nodes statt der des Clients?",
    ],
    "keep-alive": ["Keep-Alive: Ein Pod bekommt alles", "Warum bleiben neue Pods untätig?"],
    "kube-proxy": ["Wie kube-proxy es macht", "Wer leitet die Pakete weiter?"],
    "gateway-and-canary": ["Ein Gateway, und ein Canary dahinter", "Was kommt nach Ingress?"],
    "who-may-connect": ["NetworkPolicy: wer sich verbinden darf", "Wie sagt man, welche Pods welche aufrufen dürfen?"],
    "egress-and-names": [
      "Egress, und die Namen dahinter",
      "Warum wird ein Name nicht mehr aufgelöst, wenn nur Verbindungen eingeschränkt werden?",
    ],
    "refused-at-once": ["Sofort abgewiesen", "Drei Pods sind Running, und jede Anfrage wird abgewiesen. Warum?"],
    "endpoints-but-refused": [
      "Endpoints, und trotzdem abgewiesen",
      "Die Endpoints sind alle da. Warum wird abgewiesen?",
    ],
    "works-in-the-pod": ["Im Pod funktioniert es", "Im Pod kommt eine Antwort. Warum nirgendwo sonst?"],
    "running-not-ready": ["Running, aber nicht bereit", "Alle Pods laufen. Warum hat der Service keine Endpoints?"],
    "no-such-name": ["Kein solcher Name", "Den Service gibt es. Warum findet ihn niemand?"],
    "pending-for-hours": [
      "Seit Stunden ausstehend",
      "EXTERNAL-IP ist seit heute Morgen pending. Wie lange dauert das?",
    ],
    "name-of-a-port": ["Der Name eines Ports", "Die Pods sind bereit, der Selector stimmt, Endpoints: keine. Warum?"],
    "one-node-only": ["Nur ein Node", "Es antwortet auf node-2 und nirgendwo sonst. Funktioniert NodePort so?"],
    "slice-without-effect": [
      "Ein Slice ohne Wirkung",
      "Wir haben die Endpoints selbst geschrieben. Warum werden sie nicht benutzt?",
    ],
    "every-second-answer": [
      "Jede zweite Antwort ist falsch",
      "Die Hälfte unserer Antworten kommt von einer anderen Anwendung. Warum?",
    ],
    "the-wrong-number": ["Die falsche Nummer", "Die Adresse steht in der Dokumentation. Warum wird abgewiesen?"],
    "nothing-from-outside": [
      "Von außen nichts",
      "Innen ist alles gut, außen kommt nichts zurück. Wo geht es verloren?",
    ],
    "nobody-resolves": ["Kein Name wird aufgelöst", "Gestern funktionierten unsere Namen. Heute keiner. Warum?"],
    "an-address-as-a-name": [
      "Eine Adresse als Name",
      "Der Service führt zu 192.168.1.12. Warum wird der Name nicht aufgelöst?",
    ],
    "spoken-differently": ["Anders gesprochen", "Der Port stimmt, die Pods stimmen. Warum wird abgewiesen?"],
    "new-on-two-nodes": [
      "Nur auf zwei Nodes neu",
      "Der neue Service antwortet auf zwei Nodes und wird auf dem dritten abgewiesen. Warum?",
    ],
    "no-way-to-the-nodes": [
      "Kein Weg zu den Nodes",
      "Dasselbe YAML funktioniert bei meinem Kollegen. Warum nicht auf meinem Laptop?",
    ],
    "the-type-is-missing": [
      "Vom API-Server abgelehnt",
      "Der Service wird gar nicht erst angelegt. Was passt dem API-Server nicht?",
    ],
    "a-number-for-two": ["Eine Nummer für zwei", "Zwei Services, einer davon wird nie angelegt. Warum?"],
    "a-map-for-a-list": [
      "Wie in einem Artikel abgedruckt",
      "Ich habe das YAML aus einem Artikel kopiert. Was ist daran falsch?",
    ],
    "a-name-that-kills": ["Ein Name, der tötet", "Seit es den Service gibt, startet der Pod nicht. Wie kann das sein?"],
    "nothing-wrong-in-the-yaml": [
      "Im YAML ist nichts falsch",
      "Jede Zeile des YAML stimmt, und es wird abgewiesen. Was bleibt?",
    ],
    "the-front-door": ["Die Vordertür sagt 503", "Der Shop läuft, und die Vordertür sagt 503. Wer sagt das?"],
    "only-from-some-pods": [
      "Nur von manchen Pods",
      "Derselbe Aufruf funktioniert von einem Pod und hängt von einem anderen. Was ist der Unterschied?",
    ],
    "no-address-of-its-own": [
      "Keine eigene Adresse",
      "Drei bereite Endpoints, der richtige targetPort, und Port 80 wird abgewiesen. Warum?",
    ],
    "db-0-is-unknown": ["db-0 ist unbekannt", "Die Datenbank läuft und ist bereit. Warum kennt niemand db-0?"],
    "on-the-network-of-the-node": [
      "Im Netz des Nodes",
      "Jeder Pod löst den Namen auf, bis auf einen. Was ist an ihm anders?",
    ],
    "the-old-address": [
      "Die alte Adresse",
      "Der Service wurde neu angelegt, genau wie er war. Warum hängen alte Clients?",
    ],
    "every-release": [
      "Bei jedem Release",
      "Probes gibt es, Pods werden sanft beendet, und jedes Release kostet Kunden. Warum?",
    ],
    "one-of-four": ["Einer von vieren", "Vier Pods, und einer davon tut die ganze Arbeit. Ist das kein Load-Balancer?"],
    "admitted-and-dropped": [
      "Zugelassen, und verworfen",
      "Die Policy lässt genau unseren Port zu. Warum kommt nichts zurück?",
    ],
    "by-address-only": [
      "Nur über die Adresse",
      "Die Adresse antwortet, der Name nicht. Das DNS ist in Ordnung. Warum?",
    ],
    "from-that-namespace": ["Aus jenem Namespace", "Jeder im Namespace front darf aufrufen. Warum seine Pods nicht?"],
  },
};
