import { type Counts, sweepOf, type Watched } from './counts.ts';
import { assumedOf, costOf, type Prices } from './prices.ts';

/** Minutes between two sweeps; the default of GUARDIAN_SWEEP_SCHEDULE. */
export const SWEEP_MINUTES = 5;

/** One line of a bill. `amount`: what was counted, in `unit`. `rests`: on what the amount does. */
export type Line = {
  readonly name: string;
  readonly what: string;
  readonly amount: number;
  readonly unit: string;
  readonly dollars: number;
  readonly rests: 'measured' | 'measured and assumed' | 'assumed';
};

/** `lines` are what watching costs; `alwaysReady` what it costs to keep instances up besides. */
export type Month = { readonly lines: readonly Line[]; readonly dollars: number; readonly alwaysReady: Line };

type Summed = Omit<Counts, 'refusedCalls' | 'processorMs'>;

const NAMES = [
  'keyVaultCalls',
  'resourceManagerCalls',
  'storageCalls',
  'executions',
  'durableExecutions',
  'activeMs',
] as const satisfies readonly (keyof Summed)[];

/**
 * Probes of every minute and sweeps of a month. By lists every version is read itself within an hour, however rare sweeps
 * are: the probe reads what no sweep has read. So that way's calls of Key Vault stay as many as with the measured sweeps.
 */
const sumOf = (look: string, probe: Counts, sweep: Counts, minutes: number, sweepMinutes: number): Summed => {
  const periodOf = (name: keyof Summed): number =>
    look !== 'single' && name === 'keyVaultCalls' ? SWEEP_MINUTES : sweepMinutes;
  return Object.fromEntries(
    NAMES.map((name) => [name, minutes * probe[name] + (minutes / periodOf(name)) * sweep[name]]),
  ) as Summed;
};

const SECONDS = 60;
const MS = 1_000;
const KILOBYTES_A_GIGABYTE = 1_000_000;

const ofKeyVault = (prices: Prices, { keyVaultCalls: calls }: Summed): readonly Line[] => {
  const gigabytes = (calls * assumedOf(prices, 'auditRowKilobytes')) / KILOBYTES_A_GIGABYTE;
  return [
    {
      name: 'keyVault',
      what: 'Key Vault',
      amount: calls,
      unit: 'calls',
      dollars: costOf(prices, 'keyVaultOperation', calls),
      rests: 'measured',
    },
    {
      name: 'audit',
      what: 'rows in your audit logs, where vaults send `AuditEvent` to a workspace',
      amount: gigabytes,
      unit: 'GB',
      dollars: costOf(prices, 'auditGigabyte', gigabytes),
      rests: 'measured and assumed',
    },
  ];
};

/** Memory is paid for while executions wait and compute. */
const ofFunctions = (prices: Prices, { executions, activeMs }: Summed): readonly Line[] => {
  const memory = (activeMs / MS) * assumedOf(prices, 'instanceGigabytes');
  return [
    {
      name: 'executions',
      what: 'Functions: executions',
      amount: executions,
      unit: 'executions',
      dollars: costOf(prices, 'flexExecution', executions),
      rests: 'measured',
    },
    {
      name: 'memory',
      what: 'Functions: memory while they are at work',
      amount: memory,
      unit: 'GB-s',
      dollars: costOf(prices, 'flexGigabyteSecond', memory),
      rests: 'measured and assumed',
    },
  ];
};

const ofStorage = (prices: Prices, { storageCalls, durableExecutions }: Summed, minutes: number): Line => {
  const tables = storageCalls + durableExecutions * assumedOf(prices, 'historyCallsAnExecution');
  const polls = minutes * SECONDS * assumedOf(prices, 'queuePollsASecond');
  const queues = polls + durableExecutions * assumedOf(prices, 'queueCallsAnExecution');
  return {
    name: 'storage',
    what: 'storage: its own, and that of Durable Functions',
    amount: tables + queues,
    unit: 'calls',
    dollars: costOf(prices, 'tableTransaction', tables) + costOf(prices, 'queueTransaction', queues),
    rests: 'measured and assumed',
  };
};

const ofOthers = (prices: Prices, keys: number): readonly Line[] => {
  const events = 2 * keys * assumedOf(prices, 'eventsAKeyAMonth');
  const rules = assumedOf(prices, 'logAlertRules');
  return [
    {
      name: 'eventGrid',
      what: 'Event Grid: events published and delivered',
      amount: events,
      unit: 'events',
      dollars: costOf(prices, 'eventGridOperation', events),
      rests: 'assumed',
    },
    {
      name: 'alertRules',
      what: 'alert rules on logs',
      amount: rules,
      unit: 'rules',
      dollars: costOf(prices, 'logAlertRule', rules),
      rests: 'assumed',
    },
  ];
};

const keptReady = (prices: Prices): Line => {
  const instances = assumedOf(prices, 'alwaysReadyInstances');
  const memory = instances * assumedOf(prices, 'instanceGigabytes') * prices.minutesOfMonth * SECONDS;
  return {
    name: 'alwaysReady',
    what: `${instances} instances that are always ready`,
    amount: memory,
    unit: 'GB-s',
    dollars: costOf(prices, 'alwaysReadyGigabyteSecond', memory),
    rests: 'assumed',
  };
};

/**
 * What watching an estate for a month costs by list prices, looked at in this way (a value of GUARDIAN_LOOK).
 * @throws RangeError where that way was not measured, or a price is not known
 */
export const monthOf = (
  prices: Prices,
  watched: Watched,
  look: string,
  sweepMinutes: number = SWEEP_MINUTES,
): Month => {
  const { probe, shape } = watched;
  const counted = probe[look];
  if (counted === undefined) throw new RangeError(`Nobody has measured the way '${look}' to look.`);
  const minutes = prices.minutesOfMonth;
  const sums = sumOf(look, counted, sweepOf(watched, look), minutes, sweepMinutes);
  const lines = [
    ...ofKeyVault(prices, sums),
    ...ofFunctions(prices, sums),
    ofStorage(prices, sums, minutes),
    ...ofOthers(prices, shape.keys),
  ];
  return { lines, dollars: lines.reduce((sum, one) => sum + one.dollars, 0), alwaysReady: keptReady(prices) };
};
