import { startAzurite } from '../../local/azurite.ts';
import { checkpointOf } from '../../src/remediation/protocol/checkpoint.ts';
import { emptyChain, type LedgerEntry } from '../../src/remediation/protocol/ledger.ts';
import { openAnchors } from '../../src/store/anchors.ts';
import { connect } from '../../src/store/connection.ts';
import { isNothingEntered, type Ledger, openLedger } from '../../src/store/ledger.ts';
import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { spreadOf } from '../spread.ts';
import { countStorage, type Traffic } from './counted-storage.ts';
import { tableInMemory } from './table-in-memory.ts';

const SHORT = 100;
const BATCH = 100;
const TIMES = 21;
/** The number of entries after the last checkpoint: the next one is nearly due. */
const SINCE = 90;
/**
 * Of this number of the last entries, a decision may use one in four. More entries would need thousands of anchors, which take
 * minutes here.
 */
const ANCHORED = 200;

const entry = (index: number, length: number): LedgerEntry => ({
  id: `entry-${index}`,
  at: '2026-01-01T00:00:00.000Z',
  kind: index % 4 === 0 && index > length - ANCHORED ? 'outcome' : 'seen',
  detail: { findings: [`The version of the key has expired, and server ${index} waits for it.`] },
  correlationIds: [],
});

const some = (from: number, count: number, length: number): readonly LedgerEntry[] =>
  Array.from({ length: count }, (_, index) => entry(from + index, length));

/** A chain with a number of entries, the checkpoint that the next assess enters, and the entries after that checkpoint. */
const write = async (ledger: Ledger, chain: string, length: number): Promise<void> => {
  let head = emptyChain;
  for (let at = 0; at < length; at += BATCH)
    head = await ledger.append(chain, head, some(at, Math.min(BATCH, length - at), length));
  const believed = await ledger.believe(chain);
  if (believed.kind === 'broken') throw new Error(believed.fault);
  const detail = checkpointOf(believed, { now: new Date(), said: new Set() });
  if (detail === undefined) throw new Error(`No checkpoint is due after ${length} entries.`);
  const checkpoint: LedgerEntry = { ...entry(length, length), id: 'checkpoint', kind: 'checkpoint', detail };
  await ledger.append(chain, believed.head, [checkpoint, ...some(length + 1, SINCE, length)]);
};

type Reading = Traffic & { readonly ms: number };

const difference = (after: Traffic, before: Traffic): Traffic => ({
  requests: after.requests - before.requests,
  bytes: after.bytes - before.bytes,
});

const read = async (ledger: Ledger, traffic: Traffic, chain: string): Promise<Reading> => {
  const before = { ...traffic };
  const began = performance.now();
  const believed = await ledger.believe(chain);
  const ms = performance.now() - began;
  if (believed.kind === 'broken') throw new Error(believed.fault);
  return { ms, ...difference(traffic, before) };
};

const figures = (long: readonly Reading[], short: readonly Reading[], entries: number): readonly Measured[] => {
  const [one, other] = [long[0], short[0]];
  if (!one || !other) throw new RangeError('Nothing was read.');
  const medianMs = (readings: readonly Reading[]): number => spreadOf(readings.map(({ ms }) => ms)).median;
  return [
    {
      figure: withGoal('ledgerRequests', one.requests / other.requests, 'x short chain', 1),
      remark: `${one.requests} to ${other.requests} requests to storage, with ${entries} entries to ${SHORT}`,
    },
    {
      figure: withGoal('ledgerBytes', one.bytes / other.bytes, 'x short chain', 1.1),
      remark: `${one.bytes} to ${other.bytes} bytes of answers`,
    },
    {
      figure: withoutGoal('ledgerTime', medianMs(long) / medianMs(short), 'x short chain'),
      remark: `${medianMs(long).toFixed(1)} to ${medianMs(short).toFixed(1)} ms, ${TIMES} pairs`,
    },
  ];
};

/**
 * The reads of an assess from a ledger with this number of entries, compared with a ledger of a hundred. The first reading of
 * each ledger only warms it up.
 */
export const measureLedger = async (entries: number): Promise<readonly Measured[]> => {
  const azurite = await startAzurite();
  const storage = await countStorage(azurite.connectionString);
  try {
    const { connectionString, traffic } = storage;
    const table = tableInMemory(traffic);
    const connection = connect({ kind: 'connectionString', connectionString });
    const ledger = openLedger(
      table,
      openAnchors(connection, 'bench-anchors', () => isNothingEntered(table)),
    );
    const chains = {
      long: 'https://bench.vault.azure.net/keys/long',
      short: 'https://bench.vault.azure.net/keys/short',
    };
    await write(ledger, chains.short, SHORT);
    await write(ledger, chains.long, entries);
    for (const chain of Object.values(chains)) await read(ledger, traffic, chain);
    const readings: { long: Reading[]; short: Reading[] } = { long: [], short: [] };
    for (let time = 0; time < TIMES; time++) {
      readings.long.push(await read(ledger, traffic, chains.long));
      readings.short.push(await read(ledger, traffic, chains.short));
    }
    return figures(readings.long, readings.short, entries);
  } finally {
    await storage.close();
    await azurite.close();
  }
};
