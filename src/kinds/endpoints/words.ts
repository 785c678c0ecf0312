// What is said about the fields of Endpoints.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  Endpoints: {
    "": "The older form of a Service's endpoints; deprecated since 1.33 in favour of EndpointSlices.",
    subsets: "Addresses that share the same ports.",
  },
  EndpointSubset: {
    addresses: "Addresses that are ready.",
    notReadyAddresses: "Addresses that are not ready; nothing is sent there.",
    ports: "The ports that all of them have.",
  },
};
