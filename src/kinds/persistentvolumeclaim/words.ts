// What is said about the fields of PersistentVolumeClaims.
import type { FieldWords } from "../words.ts";

export const words: FieldWords = {
  PersistentVolumeClaimSpec: {
    accessModes: "ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod.",
    resources: "How much storage.",
    storageClassName: "The class that provisions the volume.",
    volumeName: "The volume itself, if it exists already.",
  },
};
