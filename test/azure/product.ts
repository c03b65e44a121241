import type { ChildProcess } from 'node:child_process';
import { expect } from 'vitest';
import { createClock } from '../../local/clock/authority.ts';
import type { Clock } from '../../local/clock/clock.ts';
import { type Cloud, startCloud } from '../../local/cloud/cloud.ts';
import type { Switches } from '../../local/cloud/service.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { notInTable } from '../builders/spoken-versions.ts';
import { cleanUpAfterAll, cleanUpAfterEach } from '../run/clean-up.ts';
import { bundled } from '../run/ground.ts';
import type { Answered, Calls, Opened } from './fixtures/calls.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const FIRST_DAY = '2026-11-22T00:00:00Z';
export const SUBSCRIPTION = `/subscriptions/${subscriptionId}`;

export type Call = <Name extends keyof Calls>(
  name: Name,
  ...args: Parameters<Calls[Name]>
) => Promise<ReturnType<Calls[Name]>>;

/** A call under way, while the clock is moved by whoever began it. `answer` throws where there is none. */
export type Begun<Value> = { isAnswered(): boolean; answer(): Value };

type Begin = <Name extends keyof Calls>(name: Name, ...args: Parameters<Calls[Name]>) => Begun<ReturnType<Calls[Name]>>;

/** A world of its own, and the product's Azure code in a process, both on one clock. */
export type Stage = {
  readonly cloud: Cloud;
  /** Moves the clock until it is answered. */
  readonly call: Call;
  readonly begin: Begin;
  /** When the story began: midnight, ms since epoch. */
  readonly startedAt: number;
  advance(ms: number): Promise<unknown>;
  /** `METHOD path` of every request to Azure since the last look, tokens left out. */
  requests(): readonly string[];
};

/** A cloud and a process that play one story after the other. */
type Theatre = { readonly clock: Clock; readonly cloud: Cloud; readonly product: ChildProcess };

const lines: string[] = [];
/** The cloud and the process for the stories of a file; each story begins with a world and an opened product of its own. */
let resident: Theatre | undefined;
/** The theatres of single stories. */
const visiting: Theatre[] = [];
let playing: Theatre | undefined;
let unanswered = 0;
let lastCall = 0;

const leave = async ({ clock, cloud }: Theatre): Promise<void> => {
  await cloud.close();
  await clock.close();
};

const leaveResident = async (): Promise<void> => {
  const left = resident;
  resident = undefined;
  if (left) await leave(left);
};

cleanUpAfterEach(async () => {
  const spoken = playing ? notInTable(playing.cloud.requests.list()) : [];
  playing = undefined;
  for (const one of visiting.splice(0)) await leave(one);
  // A request that still runs would go on in the next story.
  if (unanswered > 0) await leaveResident();
  unanswered = 0;
  expect(spoken).toEqual([]);
  expect(lines.splice(0).filter((line) => line.startsWith('not simulated'))).toEqual([]);
});

cleanUpAfterAll(leaveResident);

/** Something happens behind Azure's back: `break/remove-identity`, … */
export const sim = async ({ control }: Cloud, verb: string, input: Record<string, unknown>): Promise<void> => {
  const answer = await fetch(`${control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(`${verb}: ${await answer.text()}`);
};

export type StageOptions = {
  readonly scopes?: readonly string[];
  readonly excluded?: readonly string[];
  readonly switches?: Partial<Switches>;
  readonly functionApp?: string;
  readonly auditWorkspace?: string;
  readonly topicEndpoint?: string;
  readonly look?: Opened['look'];
  /** Folder of the backups of keys. */
  readonly backups?: string;
  /** Variables for a process that only this story uses. */
  readonly environment?: Record<string, string>;
};

const openTheatre = async (environment: Record<string, string> = {}): Promise<Theatre> => {
  const clock = createClock({ now: new Date(FIRST_DAY) });
  const cloud = await startCloud({
    clock,
    switches: { inaccessibleAfterSeconds: 60 },
    log: (line) => lines.push(line),
  });
  const env = { ...process.env, ...cloud.environment, ...environment };
  return { clock, cloud, product: clock.fork(bundled('azure-process'), [], { env, execArgv: [] }) };
};

const theatreFor = async ({ environment }: StageOptions): Promise<Theatre> => {
  if (environment !== undefined) {
    const own = await openTheatre(environment);
    visiting.push(own);
    return own;
  }
  resident ??= await openTheatre();
  return resident;
};

/** The next midnight. */
const nextDay = (now: number): number => Math.ceil(now / DAY) * DAY;

const callsTo = ({ clock, product }: Theatre): Pick<Stage, 'begin' | 'call'> => {
  const answers = new Map<number, Answered>();
  product.removeAllListeners('message');
  product.on('message', (answer: Answered) => answers.set(answer.id, answer));
  const begin: Begin = (name, ...args) => {
    const id = ++lastCall;
    unanswered += 1;
    product.send({ id, call: name, args });
    return {
      isAnswered: () => answers.has(id),
      answer: () => {
        const answer = answers.get(id);
        if (answer) unanswered -= 1;
        if (!answer || answer.error !== undefined)
          throw new Error(answer?.error ?? `${name} was not answered in an hour`);
        return answer.value as never;
      },
    };
  };
  const call: Call = async (name, ...args) => {
    const { isAnswered, answer } = begin(name, ...args);
    await clock.advance(HOUR, isAnswered);
    return answer();
  };
  return { begin, call };
};

export const stage = async (plan: WorldPlan, options: StageOptions = {}): Promise<Stage> => {
  const theatre = await theatreFor(options);
  playing = theatre;
  const { clock, cloud } = theatre;
  await clock.advanceTo(nextDay(clock.now()));
  cloud.load('empty');
  cloud.faults.clear();
  cloud.requests.clear();
  Object.assign(cloud.world.switches, options.switches);
  buildWorld(cloud.world, plan);
  const { begin, call } = callsTo(theatre);
  const { scopes = [SUBSCRIPTION], excluded = [], functionApp, auditWorkspace, topicEndpoint, look, backups } = options;
  const named = {
    ...(functionApp && { functionApp }),
    ...(auditWorkspace && { auditWorkspace }),
    ...(topicEndpoint && { topicEndpoint }),
    ...(look && { look }),
  };
  await call('open', { scopes, excluded, ...named, ...(backups && { backups }) });
  let seen = cloud.requests.list().at(-1)?.n ?? 0;
  const requests = (): readonly string[] => {
    const news = cloud.requests.list({ since: seen }).filter(({ url }) => !url.includes('/msi/'));
    seen = cloud.requests.list().at(-1)?.n ?? seen;
    return news.map(({ method, url, status }) => `${method} ${new URL(url).host}${new URL(url).pathname} ${status}`);
  };
  return { cloud, begin, call, startedAt: clock.now(), advance: (ms) => clock.advance(ms), requests };
};
