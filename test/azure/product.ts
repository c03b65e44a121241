import { afterEach, expect } from '@jest/globals';
import { createClock } from '../../local/clock/authority.ts';
import { type Cloud, startCloud } from '../../local/cloud/cloud.ts';
import type { Switches } from '../../local/cloud/room.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { notInTable } from '../builders/spoken-versions.ts';
import { bundled } from '../run/ground.ts';
import type { Answered, Calls } from './fixtures/calls.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const SUBSCRIPTION = `/subscriptions/${subscriptionId}`;

export type Call = <Name extends keyof Calls>(
  name: Name,
  ...args: Parameters<Calls[Name]>
) => Promise<ReturnType<Calls[Name]>>;

/** A local cloud and the product's Azure code in a process of its own, both on one clock. */
export type Stage = {
  readonly cloud: Cloud;
  readonly call: Call;
  advance(ms: number): Promise<unknown>;
  /** `METHOD path` of every request to Azure since the last look, tokens left out. */
  requests(): readonly string[];
};

const ends: (() => Promise<unknown>)[] = [];
const lines: string[] = [];
const clouds: Cloud[] = [];

afterEach(async () => {
  const spoken = clouds.splice(0).flatMap(({ requests }) => notInTable(requests.list()));
  for (const end of ends.splice(0).reverse()) await end();
  expect(spoken).toEqual([]);
  expect(lines.splice(0).filter((line) => line.startsWith('not simulated'))).toEqual([]);
});

/** Something happens behind Azure's back: `break/remove-identity`, … */
export const sim = async ({ control }: Cloud, verb: string, input: Record<string, unknown>): Promise<void> => {
  const answer = await fetch(`${control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(`${verb}: ${await answer.text()}`);
};

export type StageOptions = {
  readonly scopes?: readonly string[];
  readonly switches?: Partial<Switches>;
  readonly environment?: Record<string, string>;
};

export const stage = async (
  plan: WorldPlan,
  { scopes = [SUBSCRIPTION], switches = {}, environment = {} }: StageOptions = {},
): Promise<Stage> => {
  const clock = createClock({ now: new Date('2026-11-22T00:00:00Z') });
  ends.push(() => clock.close());
  const cloud = await startCloud({
    clock,
    switches: { inaccessibleAfterSeconds: 60, ...switches },
    log: (line) => lines.push(line),
  });
  clouds.push(cloud);
  ends.push(() => cloud.close());
  buildWorld(cloud.world, plan);
  const env = { ...process.env, ...cloud.environment, ...environment };
  const product = clock.fork(bundled('azure-process'), scopes, { env, execArgv: [] });
  const answers = new Map<number, Answered>();
  product.on('message', (answer: Answered) => answers.set(answer.id, answer));
  let asked = 0;
  const call: Call = async (name, ...args) => {
    const id = ++asked;
    product.send({ id, call: name, args });
    await clock.advance(HOUR, () => answers.has(id));
    const answer = answers.get(id);
    if (!answer || answer.error !== undefined) throw new Error(answer?.error ?? `${name} was not answered in an hour`);
    return answer.value as never;
  };
  let seen = 0;
  const requests = (): readonly string[] => {
    const news = cloud.requests.list({ since: seen }).filter(({ url }) => !url.includes('/msi/'));
    seen = cloud.requests.list().at(-1)?.n ?? 0;
    return news.map(({ method, url, status }) => `${method} ${new URL(url).host}${new URL(url).pathname} ${status}`);
  };
  return { cloud, call, advance: (ms) => clock.advance(ms), requests };
};
