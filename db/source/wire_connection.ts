import { BSON, type Document, MongoServerError } from "mongodb";
import { greet, type WireAddress } from "./driver_internals.ts";
import type { ReplyBuffers } from "./reply_buffers.ts";
import { readMessage, sendMessage, WireError } from "./wire_message.ts";

/** Time between two looks whether the server is silent. */
const LOOK_MS = 1000;
/** A client without a time-out of its own waits so long for an answer. */
const LONG_MS = 600_000;

/** A connection that carries one command at a time. */
export class WireConnection {
  #socket: Deno.TcpConn;
  /** Until it is logged in, a server may be silent as long as it may take to connect. */
  #silenceMs: number;
  #requests = 0;
  #heard = 0;
  #closed = false;

  private constructor(socket: Deno.TcpConn, { options }: WireAddress) {
    this.#socket = socket;
    this.#silenceMs = options.connectTimeoutMS;
  }

  /** Connects and logs in. @throws the signal's reason, too */
  static async open(
    address: WireAddress,
    signal: AbortSignal,
  ): Promise<WireConnection> {
    const { hostname, port, options } = address;
    const inTime = AbortSignal.timeout(options.connectTimeoutMS);
    const socket = await Deno.connect({
      hostname,
      port,
      signal: AbortSignal.any([signal, inTime]),
    });
    socket.setNoDelay(true);
    const connection = new WireConnection(socket, address);
    const abort = () => connection.close();
    signal.addEventListener("abort", abort, { once: true });
    try {
      signal.throwIfAborted();
      await greet({
        description: { type: "Unknown" },
        command: async (ns, command) =>
          accepted(await connection.ask(ns.db, command)),
      }, address);
      signal.throwIfAborted();
      connection.#silenceMs = options.socketTimeoutMS || LONG_MS;
      return connection;
    } catch (error) {
      connection.close();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  /**
   * Sends a command of a database. -> the reply, a BSON document, in a buffer of these or a new one
   * @throws {WireError} if the server is silent for too long; the connection is of no use after any error
   */
  async ask(
    db: string,
    command: Document,
    buffers?: ReplyBuffers,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const silence = this.#closeInSilence();
    try {
      await sendMessage(this.#socket, ++this.#requests, {
        ...command,
        $db: db,
      });
      return await readMessage(
        { read: (bytes) => this.#read(bytes) },
        buffers && ((bytes) => buffers.take(bytes)),
      );
    } catch (error) {
      if (!this.#closed) throw error;
      throw new WireError("The connection was closed", { cause: error });
    } finally {
      clearInterval(silence);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }

  /** -> a timer that closes the connection when nothing has come for too long */
  #closeInSilence(): ReturnType<typeof setInterval> {
    this.#heard = Date.now();
    return setInterval(() => {
      if (Date.now() - this.#heard >= this.#silenceMs) this.close();
    }, Math.min(this.#silenceMs, LOOK_MS));
  }

  async #read(bytes: Uint8Array): Promise<number | null> {
    const read = await this.#socket.read(bytes);
    this.#heard = Date.now();
    return read;
  }
}

/** The document of a reply. @throws {MongoServerError} if it is an error's */
export function accepted(reply: Uint8Array): Document {
  const document = BSON.deserialize(reply);
  if (document.ok !== 1) throw new MongoServerError(document);
  return document;
}
