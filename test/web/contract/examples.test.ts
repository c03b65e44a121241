import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Durable } from '../../../src/loop/guardian.ts';
import { getPlan } from '../../../src/web/approve-plan.ts';
import { ANSWERS } from '../../../src/web/contract/answers/answers.ts';
import type { Answers } from '../../../src/web/contract/answers/answers-row.ts';
import { ANSWER_EXAMPLES } from '../../../src/web/contract/answers/examples.ts';
import { openApiDocument } from '../../../src/web/contract/openapi/document.ts';
import type { Door } from '../../../src/web/door.ts';
import { listReconciliations } from '../../../src/web/list-reconciliations.ts';
import { getOverrides, pause } from '../../../src/web/overrides.ts';
import { approver, ask, guardianSeeing } from '../../builders/asked-plan.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { lost } from '../../builders/decision.ts';
import { inDays, NOW } from '../../builders/observation.ts';
import { requestWith } from '../../builders/request.ts';

const KEY = 'https://contoso.vault.azure.net/keys/mysql-cmk';
const DOORS = {
  'list-reconciliations': listReconciliations as Door,
  'get-plan': getPlan,
  'get-overrides': getOverrides,
} as const satisfies Partial<Record<keyof typeof ANSWERS, Door>>;

type Name = keyof typeof DOORS;
const NAMES = Object.keys(DOORS) as readonly Name[];

describe('The example of an answer', () => {
  const { newStore } = useAzurite();
  beforeAll(
    () =>
      void vi.useFakeTimers({
        now: NOW,
        toNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask'],
      }),
  );
  afterAll(() => void vi.useRealTimers());

  /**
   * The answers of all routes about a lost key, whose plan waits for an answer until a person pauses everything: then nothing is
   * asked.
   */
  const answered = async (): Promise<Readonly<Record<Name, unknown>>> => {
    const store = newStore();
    const guardian = guardianSeeing(store, () => lost);
    const planId = await ask(store, KEY);
    const body = { chunks: [Buffer.from(JSON.stringify({ why: 'the region is moved', until: inDays(1) }))] };
    const answerOf = async (name: Name) => {
      const request = { ...requestWith({}), params: { planId } };
      return [name, JSON.parse(JSON.stringify((await DOORS[name](request, guardian, {} as Durable)).body))] as const;
    };
    const before = await Promise.all((['list-reconciliations', 'get-plan'] as const).map(answerOf));
    await pause(requestWith({}, { caller: approver('ada'), body }), guardian, {} as Durable);
    const answers = [...before, await answerOf('get-overrides')];
    return Object.fromEntries(answers) as Record<Name, unknown>;
  };

  it('is what the door answers, fits its schema, and is in the document', async () => {
    const real = await answered();
    expect(ANSWER_EXAMPLES).toEqual(real);
    for (const name of NAMES) {
      const { answers }: Answers = ANSWERS[name];
      expect(answers[200]?.schema?.safeParse(real[name]).error?.issues).toBeUndefined();
      expect(JSON.stringify(openApiDocument())).toContain(JSON.stringify(ANSWER_EXAMPLES[name]));
    }
  });
});
