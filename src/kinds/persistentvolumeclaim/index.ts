// PersistentVolume and PersistentVolumeClaim for the engine.
import type { Addon } from "../../cluster/index.ts";
import { claim, volume } from "./api.ts";
import { startVolumeController } from "./controller.ts";

/** Under which name the provisioner of the cluster's own class writes events. */
const PROVISIONER = "disk.podpath.example_provisioner";

export const kind: Addon = {
  name: "kind persistentvolumeclaim",
  kinds: [
    {
      strategies: { persistentvolumeclaims: claim, persistentvolumes: volume },
      controllers: [
        {
          name: "persistentvolume-controller",
          start: (context, contextFor) => startVolumeController(context, contextFor(PROVISIONER)),
        },
      ],
    },
  ],
};
