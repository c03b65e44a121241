/** Loaded into the emulator's process before the emulator itself: Azurite has no option for the changes below. */
import { createRequire } from 'node:module';
import { type Sought, seekByName } from './azurite-blobs.ts';
import { keepRowsInOrder, type TableStore } from './azurite-tables.ts';

// Azurite would outlive its killed parent. The closed channel shows that the parent is gone.
if (!process.connected) process.exit();
process.on('disconnect', () => process.exit());

const { DEFAULT_GC_INTERVAL_MS: collectsEveryMs } = createRequire(import.meta.url)(
  'azurite/dist/src/blob/utils/constants.js',
);
if (typeof collectsEveryMs !== 'number') throw new Error('This Azurite does not say any more how often it collects.');
const NEVER_MS = 2 ** 31 - 1;

// Azurite deletes extents without a blob one by one, sorts its index of all extents after each, and answers no request meanwhile:
// 6,000 extents took it more than a minute. So Azurite keeps them, some kilobytes each, until its process ends.
const { setTimeout: wait } = globalThis;
const unlessCollecting = (callback: () => void, ms?: number, ...rest: []): NodeJS.Timeout =>
  wait(callback, ms === collectsEveryMs ? NEVER_MS : ms, ...rest);
globalThis.setTimeout = Object.assign(unlessCollecting, wait);

const { default: Tables } = createRequire(import.meta.url)(
  'azurite/dist/src/table/persistence/LokiTableMetadataStore.js',
) as { readonly default: { readonly prototype: TableStore } };
keepRowsInOrder(Tables.prototype);

const ofAzurite = createRequire(createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'));
const { Collection } = ofAzurite('lokijs') as { readonly Collection: { readonly prototype: Sought } };
seekByName(Collection.prototype);
