import { close, type Incoming, listen, portOf, type Reply } from './http-server.ts';

type Answer = (request: Incoming) => Promise<Reply>;

/** The two listeners of a host, both on the loopback interface. */
export type Doors = {
  port: number;
  /** The URL at which the SDK's durable client calls the host, without a key. */
  rpcBaseUrl: string;
  open(front: Answer, rpc: Answer): void;
  /** Accepts no new request, and resolves when the running requests are answered. Functions can still call the host. */
  closeFront(): Promise<void>;
  closeRpc(): Promise<void>;
};

/**
 * Takes the port, because a worker must know it at its start. Until `open`, every request is answered with 503.
 * @throws Error naming the port if it is taken
 */
export async function openDoors(port: number): Promise<Doors> {
  const starting: Answer = async () => ({ status: 503, body: 'the host is starting' });
  let answers = { front: starting, rpc: starting };
  const front = await listen(port, (request) => answers.front(request));
  const rpc = await listen(0, (request) => answers.rpc(request));
  return {
    port: portOf(front),
    rpcBaseUrl: `http://127.0.0.1:${portOf(rpc)}/durabletask/`,
    open: (front, rpc) => {
      answers = { front, rpc };
    },
    closeFront: () => close(front),
    closeRpc: () => close(rpc),
  };
}
