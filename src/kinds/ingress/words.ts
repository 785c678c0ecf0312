// What is said about the fields of Ingresses.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Ingress: {
    "": "Rules by host and path for HTTP from outside. They need an ingress controller.",
    spec: "The rules.",
  },
  IngressSpec: {
    defaultBackend: "Where requests go that match no rule.",
    ingressClassName: "Which controller handles it.",
    rules: "Hosts, and paths with their Services.",
    tls: "Certificates by host.",
  },
  IngressRule: {
    host: "The host name of the request; *.example.com matches one more label. By default, every host.",
    http: "Paths with their Services.",
  },
  HTTPIngressPath: {
    backend: "The Service that answers.",
    path: "The path of the request; it begins with /.",
    pathType: "Exact, Prefix (by whole parts between slashes) or ImplementationSpecific. Required.",
  },
  IngressBackend: {
    resource: "An object other than a Service.",
    service: "The Service, in the Ingress's own namespace.",
  },
  IngressServiceBackend: { name: "The name of the Service.", port: "Its port, by name or number." },
  ServiceBackendPort: {
    name: "The name of the Service's port.",
    number: "The number of the Service's port, not of the pods'.",
  },
  IngressTLS: { hosts: "Host names of the certificate.", secretName: "The Secret that holds it." },
};
