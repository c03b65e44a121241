import { guid } from '../draw.ts';
import type { World } from '../service.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterDestination, EventSubscription } from './event-subscription.ts';

/** A blob in a container of dead letters. `name` is that of the blob; no document says how Azure makes the name. */
export type DeadLetterBlob = DeadLetterDestination & { name: string; writtenAt: number; content: unknown[] };

/**
 * "There's a five-minute delay between the last attempt to deliver an event and when it's delivered to the dead-letter location."
 */
const DELAY_MS = 5 * 60_000;

/** The names of the fields depend on the schema of the delivery: those of a CloudEvent are in lower case. */
const memberNames = ({ schema }: EventSubscription) =>
  schema === 'CloudEventSchemaV1_0' ? (name: string) => name.toLowerCase() : (name: string) => name;

const contentOf = (subscription: EventSubscription, { event, ...letter }: DeadLetter): unknown => {
  const named = memberNames(subscription);
  return { ...event, ...Object.fromEntries(Object.entries(letter).map(([name, value]) => [named(name), value])) };
};

const blobName = ({ scope, name }: EventSubscription, id: string, now: number): string => {
  const [year, month, day, hour] = new Date(now).toISOString().split(/[-T:]/);
  const topic = scope.split('/').at(-1) ?? '';
  return `${topic}/${name}/${year}/${month}/${day}/${hour}/${id}.json`.toUpperCase().replace(/JSON$/, 'json');
};

export type DeadLetterBlobs = {
  /** Writes the letter to the container that the subscription names; without a container the event is dropped. */
  write(subscription: EventSubscription, letter: DeadLetter): void;
  all(): DeadLetterBlob[];
};

const WRITE = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write';

type Writable = Pick<World, 'clock' | 'seed' | 'entra' | 'rbac' | 'log'>;

/** Whether the topic may write there as itself. Without an identity, Event Grid writes by its own rights, as before. */
const mayWrite = (
  { entra, rbac }: Writable,
  { resourceId, blobContainerName, writer }: DeadLetterDestination,
): boolean => {
  if (writer === undefined) return true;
  const principalId = entra.managedIdentity(writer)?.objectId ?? '';
  const scope = `${resourceId}/blobServices/default/containers/${blobContainerName}`;
  return rbac.allows({ principalId, dataAction: WRITE, scope });
};

export const createDeadLetterBlobs = (world: Writable): DeadLetterBlobs => {
  const { clock, seed } = world;
  const blobs: DeadLetterBlob[] = [];
  return {
    write: (subscription, letter) => {
      const { deadLetterDestination } = subscription;
      if (!deadLetterDestination) return;
      clock.setTimeout(() => {
        if (!mayWrite(world, deadLetterDestination))
          return world.log(`a dead letter of ${subscription.name} is lost: its topic may not write it`);
        const writtenAt = clock.now();
        const name = blobName(subscription, guid(seed, 'dead letter', blobs.length), writtenAt);
        const { writer: _, ...destination } = deadLetterDestination;
        blobs.push({ ...destination, name, writtenAt, content: [contentOf(subscription, letter)] });
      }, DELAY_MS);
    },
    all: () => [...blobs],
  };
};
