// The nearest peer doing the same work, so that our figures are ratios within one run.
import { BaseImage, Cluster, type ProcessContext } from "@ngrok/webernetes";

class Listener extends BaseImage {
  static readonly imageName = "listener";
  static readonly imageVersion = "1.0";
  readonly defaultCommand = ["server"];

  override async exec(ctx: ProcessContext, argv: readonly string[]): Promise<number> {
    if (argv[0] !== "server") return await super.exec(ctx, argv);
    ctx.listenHttp(8080, async () => ({ status: 200, body: "ok\n" }));
    return await ctx.waitUntilKilled();
  }
}

async function start(replicas: number): Promise<Cluster> {
  const cluster = new Cluster();
  cluster.registerImage(Listener);
  await cluster.init();
  const labels = { app: "web" };
  await cluster.apply([
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "listener:1.0" }] } },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web" },
      spec: {
        type: "NodePort",
        selector: labels,
        ports: [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: "TCP" }],
      },
    },
  ]);
  return cluster;
}

async function endpointsOf(cluster: Cluster): Promise<number> {
  const slices = await cluster.api.discoveryv1.listNamespacedEndpointSlice({ namespace: "default" });
  return slices.items
    .flatMap((slice) => slice.endpoints ?? [])
    .filter((endpoint) => endpoint.conditions?.ready === true).length;
}

/** Milliseconds of wall time from applying a Deployment of `replicas` until its endpoints are complete. */
export async function peerScale(replicas: number): Promise<number> {
  const from = performance.now();
  const cluster = await start(replicas);
  while ((await endpointsOf(cluster)) < replicas) await new Promise((resolve) => setTimeout(resolve, 5));
  const took = performance.now() - from;
  await cluster.close();
  return took;
}

/** Requests a second through a NodePort Service of `replicas` pods. */
export async function peerRequests(replicas: number, count: number): Promise<number> {
  const cluster = await start(replicas);
  while ((await endpointsOf(cluster)) < replicas) await new Promise((resolve) => setTimeout(resolve, 5));
  const from = performance.now();
  for (let i = 0; i < count; i++) await cluster.fetch("http://node-1:30080");
  const took = performance.now() - from;
  await cluster.close();
  return (count * 1000) / took;
}
