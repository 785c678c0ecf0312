// What kubelets and the monitor of nodes agree on about a node's Lease.

/** Namespace of the nodes' leases. */
export const LEASES = "kube-node-lease";

/**
 * Says that the holder renews the lease all the time though the API server doesn't learn of it each time.
 * Unlike upstream: a healthy kubelet does not write its lease every ten seconds, because idle time should cost nothing; when it
 * falls silent the lease is written once more with the time of its last renewal, without this mark.
 */
export const RENEWED = "podpath.dev/renewed-every-10s";
