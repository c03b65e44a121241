/** `npm run bench`: the costs of the product, as ratios of one run. `--help` says more. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ESTATES, estatesIn, keepBill, measureBill } from './bill/measure-bill.ts';
import { keepResults, madeHere, readResults, withNew } from './bill/results.ts';
import { measureColdStart } from './cold-start/measure-cold-start.ts';
import { measureEvent } from './event/measure-event.ts';
import type { Measured } from './figure.ts';
import { measureHeal } from './heal/measure-heal.ts';
import { measureLedger } from './ledger/measure-ledger.ts';
import { writePages } from './page/write-pages.ts';
import { asJson, asTable } from './print-figures.ts';
import { measurePosture } from './scale/measure-posture.ts';
import { measureScale, type Scaled } from './scale/measure-scale.ts';
import { inUsualSubscriptions } from './scale/shape.ts';
import { runWorkersInJavaScript } from './worker-in-javascript.ts';

const HELP = `npm run bench [-- --json] [-- --pairs <n>] [-- --heals <n>] [-- --keys <n>] [-- --consumers <n>] [-- --entries <n>] [-- --events <n>]
              [-- --heal] [-- --scale] [-- --bill] [-- --estates <list>] [-- --write]

Measures the package in .package/app, unpacked, against the least that could do the same, on this machine, in one run:
  coldStart, memory          loading it against an empty app with the two Functions SDKs, bundled alike but for axios, which
                             the product loads with the first client of Durable Functions and the empty app at once
  healAzureCalls             calls of one heal that are not on the list of docs/costs.md, or are missing from it
  healDurableSteps           durable steps of that heal, likewise
  lookAzureCalls, lookWallTime   a wake-up of a key that is healthy
  healLateAzure              real time of a heal against a script with the same calls, where vaults, Resource Manager and storage answer as
                             late as bench/prices.json assumes: what somebody waits for. The script keeps no record, and so calls no storage
  healWallTime               the same where they answer at once: nobody waits but for the processor. What the product takes longer are its
                             calls to storage (ledger, anchors, leases, rows), durable steps that each cross host and worker, and the
                             clock's account of every call
  healProcessorTime          the same in time of the processor, of all processes, and what each of these parts takes of it
  healAgainstRecord          that against a script that keeps the product's record too: what durable steps, host and worker cost
  sweep…, probe…             one sweep of a big estate that is healthy, and keys lost in it that only the probe can find:
                             virtual time, share of Azure's quotas, memory of the worker, real time
  probeCallsBy…              what a minute of the probe costs of Key Vault by each way to look (GUARDIAN_LOOK), side by side
  ledger…                    what a look reads of its own storage for a key with many entries, against one with a hundred
  posture…                   one posture report: virtual time, memory of the worker, real time
  month…, detection…         what watching a small estate for a month costs by list prices, by each way to look, and how soon losses are found
  event…                     what an event costs, its look included: calls to the product's storage, and processor time of the
                             worker against a function that does nothing with the same events, in the same host

  --json        one line {"figures":[{"name","value","unit","goal","holds"}]} and nothing else (npm's own
                lines go away with npm run -s); without a goal, goal and holds are null
  --pairs <n>   pairs of loads for coldStart and memory (60)
  --heals <n>   pairs of heals for healLateAzure and healWallTime (8)
  --heal        measure only heals
  --keys <n>    keys of the big estate, each used by a server (10000); less is faster, and 200 at least. Up to 10000 are in one
                subscription; more are in one for each 500, below a management group, and not looked at in other ways
  --scale       measure only the big estate
  --consumers <n>  consumers of the posture report (10000)
  --entries <n> entries of the long ledger (100000)
  --events <n>  rounds of ten events of each kind (3)
  --bill        measure only that, for estates of three shapes and sizes; the largest take many minutes each. Cloud Custodian is run
                over the same estates beside it, from PyPI, where there is Python
  --estates <…> which estates: keys, keys a vault, and subscriptions where not one for each 50 vaults, as 10000/200,4500/3,4500/3/1
  --write       keep what is measured in bench/results.json, and write docs/performance.md and client/cost/prices.ts of it
  --help        this text

The medians of pairs that ran back to back are printed. The exit code is 0 when everything was measured, whether or
not a goal holds: on a busy machine a ratio says more about the machine. It is 1 when something could not be measured.`;

/** An estate that is quickly built; `--bill` measures the other ones. */
const SMALL = inUsualSubscriptions({ keys: 150, keysAVault: 3 });

const count = (text: string, option: string): number => {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Error(`--${option} is '${text}'; give a whole number from 1 to 999999.`);
};

const optionsOf = () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      pairs: { type: 'string', default: '60' },
      heals: { type: 'string', default: '8' },
      keys: { type: 'string', default: '10000' },
      consumers: { type: 'string', default: '10000' },
      entries: { type: 'string', default: '100000' },
      events: { type: 'string', default: '3' },
      bill: { type: 'boolean', default: false },
      heal: { type: 'boolean', default: false },
      scale: { type: 'boolean', default: false },
      estates: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    pairs: count(values.pairs, 'pairs'),
    heals: count(values.heals, 'heals'),
    keys: count(values.keys, 'keys'),
    consumers: count(values.consumers, 'consumers'),
    entries: count(values.entries, 'entries'),
    events: count(values.events, 'events'),
  };
};

/** The bench measures the package that is deployed; child processes inherit the name of its folder. */
process.env['BUILT_APP'] ??= path.join(import.meta.dirname, '..', '.package', 'app');
runWorkersInJavaScript();

type Options = ReturnType<typeof optionsOf>;

const keepScaled = (scaled: Scaled): void =>
  keepResults({ scale: withNew(readResults().scale ?? [], [{ ...scaled, ...madeHere() }]) });

const keepHeals = (measured: readonly Measured[]): void => keepResults({ heal: { ...madeHere(), measured } });

const measureHealAlone = async ({ heals, write }: Options): Promise<readonly Measured[]> => {
  const measured = await measureHeal(heals);
  if (write) {
    keepHeals(measured);
    writePages();
  }
  return measured;
};

const measureScaleAlone = async ({ keys, write }: Options): Promise<readonly Measured[]> => {
  const scaled = await measureScale(keys);
  if (write) {
    keepScaled(scaled);
    writePages();
  }
  return scaled.measured;
};

const measureBills = ({ estates, write }: Options): Promise<readonly Measured[]> => {
  const chosen = estates === undefined ? ESTATES : estatesIn(estates);
  return write ? keepBill(chosen) : measureBill(chosen);
};

const measureAll = async ({
  pairs,
  heals,
  keys,
  consumers,
  entries,
  events,
  write,
}: Options): Promise<readonly Measured[]> => {
  const [coldStart, heal] = [await measureColdStart(pairs), await measureHeal(heals)];
  const scaled = await measureScale(keys);
  const measured = [
    ...coldStart,
    ...heal,
    ...scaled.measured,
    ...(await measurePosture(consumers)),
    ...(await measureBill([SMALL])),
    ...(await measureLedger(entries)),
    ...(await measureEvent(events)),
  ];
  if (write) {
    keepResults({ figures: { ...madeHere(), measured: measured.filter((one) => !heal.includes(one)) } });
    keepHeals(heal);
    keepScaled(scaled);
    writePages();
  }
  return measured;
};

const partOf = ({ bill, heal, scale }: Options) => {
  if (bill) return measureBills;
  if (heal) return measureHealAlone;
  return scale ? measureScaleAlone : measureAll;
};

const bench = async (): Promise<string> => {
  const options = optionsOf();
  if (options.help) return HELP;
  const measured = await partOf(options)(options);
  return options.json ? asJson(measured) : asTable(measured);
};

try {
  console.log(await bench());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
