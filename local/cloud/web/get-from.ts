import { randomUUID } from 'node:crypto';
import { isServed } from '../certificates.ts';
import type { Incoming } from '../incoming.ts';
import type { Plane } from '../plane.ts';
import type { Answer } from '../service.ts';

/** A GET without credentials, as the platform itself sends it. A host outside of this cloud answers 404. */
export const getFrom =
  (planeOf: (incoming: Incoming) => Plane) =>
  async (url: string): Promise<Answer> => {
    const { hostname: host, pathname: path, searchParams: query } = new URL(url);
    if (!isServed(host)) return { status: 404 };
    const incoming: Incoming = { method: 'GET', host, path, query, headers: {}, text: '', bytes: Buffer.alloc(0) };
    const requestId = randomUUID();
    const prepared = await planeOf(incoming).prepare(incoming, { requestId, correlationId: requestId });
    return prepared.run();
  };
