// The well-known labels, annotations, taints and finalizers, each named as its constant in Kubernetes' source. What they mean:
// https://kubernetes.io/docs/reference/labels-annotations-taints/

// Services and their endpoints
export const LabelServiceName = "kubernetes.io/service-name";
export const LabelManagedBy = "endpointslice.kubernetes.io/managed-by";
export const LabelSkipMirror = "endpointslice.kubernetes.io/skip-mirror";
/** Of Endpoints; Kubernetes calls it LabelManagedBy too. */
export const EndpointsLabelManagedBy = "endpoints.kubernetes.io/managed-by";
export const EndpointsLastChangeTriggerTime = "endpoints.kubernetes.io/last-change-trigger-time";
export const EndpointsOverCapacity = "endpoints.kubernetes.io/over-capacity";
/** On slices and Endpoints of a headless Service. */
export const IsHeadlessService = "service.kubernetes.io/headless";
export const LabelServiceProxyName = "service.kubernetes.io/service-proxy-name";
export const LoadBalancerCleanupFinalizer = "service.kubernetes.io/load-balancer-cleanup";
export const AnnotationLoadBalancerSourceRangesKey = "service.beta.kubernetes.io/load-balancer-source-ranges";
export const DeprecatedAnnotationTopologyAwareHints = "service.kubernetes.io/topology-aware-hints";
export const AnnotationTopologyMode = "service.kubernetes.io/topology-mode";
export const AnnotationIngressClass = "kubernetes.io/ingress.class";
export const LeaderElectionRecordAnnotationKey = "control-plane.alpha.kubernetes.io/leader";

// Nodes
export const LabelHostname = "kubernetes.io/hostname";
export const LabelTopologyZone = "topology.kubernetes.io/zone";
export const LabelTopologyRegion = "topology.kubernetes.io/region";
export const LabelArchStable = "kubernetes.io/arch";
export const LabelOSStable = "kubernetes.io/os";
export const LabelInstanceTypeStable = "node.kubernetes.io/instance-type";
export const LabelFailureDomainBetaZone = "failure-domain.beta.kubernetes.io/zone";
export const LabelFailureDomainBetaRegion = "failure-domain.beta.kubernetes.io/region";
export const LabelArchBeta = "beta.kubernetes.io/arch";
export const LabelOSBeta = "beta.kubernetes.io/os";
export const LabelInstanceType = "beta.kubernetes.io/instance-type";
export const LabelNodeExcludeBalancers = "node.kubernetes.io/exclude-from-external-load-balancers";
export const LabelNodeRoleControlPlane = "node-role.kubernetes.io/control-plane";
export const TaintNodeNotReady = "node.kubernetes.io/not-ready";
export const TaintNodeUnreachable = "node.kubernetes.io/unreachable";
export const TaintNodeUnschedulable = "node.kubernetes.io/unschedulable";
export const TaintNodeDiskPressure = "node.kubernetes.io/disk-pressure";
export const TaintNodeMemoryPressure = "node.kubernetes.io/memory-pressure";
export const TaintNodePIDPressure = "node.kubernetes.io/pid-pressure";
export const TaintNodeNetworkUnavailable = "node.kubernetes.io/network-unavailable";
export const TaintNodeOutOfService = "node.kubernetes.io/out-of-service";

// Workloads and their pods
export const DefaultDeploymentUniqueLabelKey = "pod-template-hash";
/** Kubernetes has a second name for it, StatefulSetRevisionLabel. */
export const ControllerRevisionHashLabelKey = "controller-revision-hash";
/** On a ControllerRevision. */
export const ControllerRevisionHashLabel = "controller.kubernetes.io/hash";
export const RevisionAnnotation = "deployment.kubernetes.io/revision";
export const RevisionHistoryAnnotation = "deployment.kubernetes.io/revision-history";
export const DesiredReplicasAnnotation = "deployment.kubernetes.io/desired-replicas";
export const MaxReplicasAnnotation = "deployment.kubernetes.io/max-replicas";
export const StatefulSetPodNameLabel = "statefulset.kubernetes.io/pod-name";
export const PodIndexLabel = "apps.kubernetes.io/pod-index";
export const PodDeletionCost = "controller.kubernetes.io/pod-deletion-cost";
export const ControllerUidLabel = "batch.kubernetes.io/controller-uid";
export const JobNameLabel = "batch.kubernetes.io/job-name";
export const JobCompletionIndexAnnotation = "batch.kubernetes.io/job-completion-index";
export const CronJobScheduledTimestamp = "batch.kubernetes.io/cronjob-scheduled-timestamp";
export const CronJobInstantiate = "cronjob.kubernetes.io/instantiate";

// Volumes
export const IsDefaultStorageClassAnnotation = "storageclass.kubernetes.io/is-default-class";
export const BetaIsDefaultStorageClassAnnotation = "storageclass.beta.kubernetes.io/is-default-class";
export const BetaStorageClassAnnotation = "volume.beta.kubernetes.io/storage-class";
export const AnnBindCompleted = "pv.kubernetes.io/bind-completed";
export const AnnBoundByController = "pv.kubernetes.io/bound-by-controller";
export const AnnDynamicallyProvisioned = "pv.kubernetes.io/provisioned-by";
export const ControllerManagedAttachAnnotation = "volumes.kubernetes.io/controller-managed-attach-detach";

// Every object, and kubectl
export const LastAppliedConfigAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
export const ChangeCauseAnnotation = "kubernetes.io/change-cause";
export const RestartedAt = "kubectl.kubernetes.io/restartedAt";
export const DefaultContainerAnnotationName = "kubectl.kubernetes.io/default-container";
export const LabelMetadataName = "kubernetes.io/metadata.name";
export const ServiceAccountNameKey = "kubernetes.io/service-account.name";
