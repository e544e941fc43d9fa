import { sql } from "./sql.ts";

/** What a subscriber is told: the payload, or null when messages may have been missed and all must be read anew. */
export type Listener = (payload: string | null) => void;

interface Channel {
  listeners: Set<Listener>;
  ready: Promise<unknown>;
}

const channels = new Map<string, Channel>();

/**
 * Calls `listener` for each NOTIFY on a channel, over one connection per process and channel however many listen.
 *
 * After a lost connection the client listens again by itself, and everybody is told null.
 *
 * @returns a function that ends the subscription.
 */
export async function subscribe(
  name: string,
  listener: Listener,
): Promise<() => void> {
  const channel = channels.get(name) ?? open(name);
  channel.listeners.add(listener);
  try {
    await channel.ready;
  } catch (error) {
    channels.delete(name);
    throw error;
  }
  return () => {
    channel.listeners.delete(listener);
  };
}

function open(name: string): Channel {
  const listeners = new Set<Listener>();
  const tell = (payload: string | null) => {
    for (const listener of listeners) listener(payload);
  };
  const channel = {
    listeners,
    ready: sql.listen(name, tell, () => tell(null)),
  };
  channels.set(name, channel);
  return channel;
}
