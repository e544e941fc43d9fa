/**
 * What connections of our own need of the driver and it does not export: its handshake with log-in, and a client's options.
 * Checked for the pinned version by `tests/db/source/wire_chunks_test.ts`.
 */
import type { Db, Document, MongoClient, MongoOptions } from "mongodb";
import { performInitialHandshake } from "mongodb/lib/cmap/connect.js";
import { MongoClientAuthProviders } from "mongodb/lib/mongo_client_auth_providers.js";

/** One server, spoken to without TLS, and how to log in to it. */
export interface WireAddress {
  hostname: string;
  port: number;
  database: string;
  options: MongoOptions;
}

/** What the driver's handshake asks of a connection. */
export interface Greeting {
  /** What is known of the server before the greeting. */
  description: { type: "Unknown" };
  command(ns: { db: string }, command: Document): Promise<Document>;
}

/** A client with what it has found out of its servers; nothing before it is connected. */
type KnowingClient = MongoClient & {
  topology?: { description: { servers: Map<string, unknown> } };
};

/**
 * Where a database can be read over connections of our own; null where only the driver knows the way: TLS, SRV, several
 * servers (named in the address, or found once connected: another answers when one is down), a proxy, a socket of this
 * machine, a versioned API.
 */
export function wireAddress(db: Db): WireAddress | null {
  const { client, databaseName } = db as Db & { client: KnowingClient };
  const { options, topology } = client;
  const [address] = options.hosts;
  const servers = topology?.description.servers.size ?? options.hosts.length;
  const direct = servers === 1 && !options.srvHost && !options.tls &&
    !options.proxyHost && !options.loadBalanced && !options.serverApi;
  if (!direct || !address?.host || !address.port) return null;
  const { host: hostname, port } = address;
  return { hostname, port, database: databaseName, options };
}

/**
 * Greets the server and logs in as the driver does.
 * @throws the driver's error when the server is too old or too new, or refuses the log-in
 */
export async function greet(
  connection: Greeting,
  { options }: WireAddress,
): Promise<void> {
  const authProviders = new MongoClientAuthProviders();
  await performInitialHandshake(connection, {
    ...options,
    hostAddress: options.hosts[0],
    authProviders,
  });
}
