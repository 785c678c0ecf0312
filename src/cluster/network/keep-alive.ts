// A client that keeps its connections open between requests, as HTTP/1.1 and gRPC clients do.
import type { Driver } from "./driver.ts";
import type { Network, Socket } from "./network.ts";
import type { Outcome, Place, Protocol, SendRequest } from "./packet.ts";

/** One open connection, or UDP socket. */
interface Connection {
  readonly port: number;
  /** The address it was made to; undefined until the first answer came. */
  address: string | undefined;
  /** The socket that answered; undefined while none did, or where it is unknown. */
  server: Socket | undefined;
  place: Place | undefined;
  endpoint: string;
}

/**
 * One client program with its open connections: requests to the same host and port go over one connection, whose endpoint was
 * drawn once. The next request makes a new one when the server's process has ended (it closed the connection) or when a request on it failed.
 */
export class KeepAlive {
  readonly #network: Network;
  readonly #driver: Driver;
  readonly #open = new Map<string, Connection>();

  constructor(network: Network, driver: Driver) {
    this.#network = network;
    this.#driver = driver;
  }

  /** Whether a request would go over a connection that is open. */
  isOpen(request: SendRequest): boolean {
    const known = this.#open.get(keyOf(request));
    return known !== undefined && known.address !== undefined && this.#stands(known, request.protocol);
  }

  /** Sends over the open connection to that host and port, or over a new one. */
  send(request: SendRequest, done?: (outcome: Outcome) => void): number {
    const key = keyOf(request);
    let connection = this.#open.get(key);
    if (connection === undefined || !this.#stands(connection, request.protocol)) {
      const port = this.#driver.newPort();
      connection = { port, address: undefined, server: undefined, place: undefined, endpoint: "" };
      this.#open.set(key, connection);
    }
    const own = connection;
    const target = request.target ?? `${request.host}:${request.port}`;
    const sent = { ...request, host: own.address ?? request.host, target, sourcePort: own.port };
    return this.#driver.send(sent, (outcome, address) => {
      if (outcome.kind === "answered") {
        own.address ??= address;
        own.place = outcome.servedBy;
        own.endpoint = outcome.endpoint;
        own.server = this.#socketOf(own, request.protocol);
      } else if (request.protocol !== "UDP" && this.#open.get(key) === own) this.#open.delete(key);
      done?.(outcome);
    });
  }

  /** Closes the connection that a request would use. */
  close(request: SendRequest): void {
    this.#open.delete(keyOf(request));
  }

  /** A process that ends closes its connections; a machine without power says nothing. */
  #stands(connection: Connection, protocol: SendRequest["protocol"]): boolean {
    if (connection.server === undefined || protocol === "UDP") return true;
    return this.#socketOf(connection, protocol) === connection.server;
  }

  #socketOf({ place, endpoint }: Connection, protocol: SendRequest["protocol"]): Socket | undefined {
    const port = Number(endpoint.slice(endpoint.lastIndexOf(":") + 1));
    const kind: Protocol = protocol === undefined || protocol === "ICMP" ? "TCP" : protocol;
    if (place?.kind === "node") return this.#network.socketOf(place, kind, port);
    const pod = place?.kind === "pod" ? this.#network.podNamed(place.namespace, place.name) : undefined;
    return pod === undefined ? undefined : this.#network.socketOf({ kind: "pod", uid: pod.uid }, kind, port);
  }
}

function keyOf({ host, port, protocol = "TCP" }: SendRequest): string {
  return `${protocol} ${host}:${port}`;
}
