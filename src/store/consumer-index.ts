import { documentRow, rowNames } from './key-partition.ts';
import type { KnownConsumers } from './key-state.ts';
import type { Table } from './table.ts';

/**
 * Which consumers pinned which key, and how they were, when they were last seen: so that a key is observed with few calls
 * and its pinned versions can be probed. It is in the key's state; a hint where to look, never a fact.
 */
export type ConsumerIndex = {
  /** To be called when the consumers differ from those in the key's state. One call. */
  write(keyId: string, known: KnownConsumers): Promise<void>;
};

export const openConsumerIndex = (keys: Table): ConsumerIndex => ({
  write: async (keyId, known) => {
    await keys.write({ kind: 'put', row: documentRow(keyId, rowNames.consumers, known) });
  },
});
