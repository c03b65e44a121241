import { AzureError } from '../arm/error.ts';
import type { Answer, Call, World } from '../service.ts';
import type { KeyRefusal } from './key-refusal.ts';
import type { Server } from './server.ts';

export const PROVIDER = 'Microsoft.DBforMySQL';

/** How long each operation takes here, in virtual seconds; Azure gives no numbers. */
const SECONDS = { create: 300, update: 30, encrypt: 60, delete: 60 } as const;

/** Begins an operation on a server and answers 202 with the URLs to poll. */
export const accepted = (
  world: World,
  call: Call,
  server: Pick<Server, 'id' | 'location'>,
  work: { kind: keyof typeof SECONDS; run(): Promise<unknown> },
): Answer => {
  const { headers } = world.operations.start({
    provider: PROVIDER,
    location: server.location.toLowerCase().replaceAll(' ', ''),
    seconds: SECONDS[work.kind],
    target: server.id,
    apiVersion: call.apiVersion,
    run: work.run,
  });
  return { status: 202, headers };
};

/** Ends the operation as failed when the key could not be used. */
export const failOnRefusal = (refusal: KeyRefusal | undefined): void => {
  if (refusal) throw new AzureError(400, refusal.code, refusal.message);
};

export const written = (world: World, server: Server): void =>
  world.changed({ kind: 'resourceWritten', resourceId: server.id, at: world.clock.now() });
