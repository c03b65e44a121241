import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { ROWS } from '../../src/posture/rows.ts';
import type { Json } from '../../src/remediation/model/canonical.ts';
import type { Store } from '../../src/store/store.ts';
import { ANSWERS } from '../../src/web/contract/answers/answers.ts';
import { CONTRACT } from '../../src/web/contract/contract.ts';
import { readQuery } from '../../src/web/contract/read-query.ts';
import type { DoorAnswer } from '../../src/web/door.ts';
import { getPosture } from '../../src/web/posture.ts';
import { useAzurite } from '../builders/azurite.ts';
import { requestWith } from '../builders/request.ts';

const azurite = useAzurite();
const PER_PART = 3_000;
/** A larger report has the same parts again. */
const DISTINCT = 4;
const NONE = { lines: '', coverage: '', tally: '' };

/** A report of so many parts, each with lines of consumers of its own. */
const reported = async (
  parts: number,
  startedAt = '2026-03-02T00:00:00.000Z',
  store = azurite.newStore(),
): Promise<Store> => {
  const lineOf = (subject: string, at: number) => ({
    row: at % 3 === 0 ? 'S2.38' : at % 3 === 1 ? 'coverage' : 'rights',
    check: 'vaultLocked',
    subject,
    kind: 'vault',
    verdict: 'pass',
    evidence: 'It is, "so".',
  });
  const put = async (part: number) => {
    const lines = Array.from({ length: PER_PART }, (_, at) => lineOf(`${part}-${at}`, at));
    const [name, none] = [await store.evidence.put(lines as unknown as Json), await store.evidence.put([])];
    return { lines: name, coverage: none, tally: none };
  };
  const kept = await Promise.all(Array.from({ length: Math.min(parts, DISTINCT) }, (_, part) => put(part)));
  const all = Array.from({ length: parts }, (_, part) => kept[part % DISTINCT] ?? NONE);
  await store.postureReports.publish({ startedAt, finishedAt: startedAt, parts: all, tally: {}, unreadable: [] });
  return store;
};

const ask = (store: Store, query: string): Promise<DoorAnswer> => {
  const read = readQuery(CONTRACT['get-posture'], new URLSearchParams(query));
  const guardian = { store } as unknown as Guardian;
  return read.kind === 'refused'
    ? Promise.resolve(read.answer)
    : getPosture(requestWith(read.value), guardian, {} as Durable);
};

type Page = {
  readonly lines: readonly { readonly subject: string; readonly statement: string }[];
  readonly nextLink?: string;
};

describe('The posture report', () => {
  it('comes whole by its links, every line once and with what its row states', async () => {
    const store = await reported(4);
    const subjects: string[] = [];
    let query: string | undefined = '';
    while (query !== undefined) {
      const answer = await ask(store, query);
      const { lines, nextLink } = answer.body as Page;
      subjects.push(...lines.map(({ subject }) => subject));
      expect(lines.every(({ statement }) => statement !== '')).toBe(true);
      query = nextLink?.split('?')[1];
    }
    expect(new Set(subjects).size).toBe(4 * PER_PART);
    expect(subjects).toHaveLength(4 * PER_PART);
  });

  it('is one table as far as fifty thousand lines, each with the sentence of its row; its last row names the next', async () => {
    const store = await reported(18);
    const { text = '', headers } = await ask(store, 'format=csv');
    const [heading, first, ...rest] = text.trimEnd().split('\r\n');
    const statement = ROWS.find(({ id }) => id === 'S2.38')?.statement ?? 'none';
    expect(heading).toBe('row,statement,check,subject,kind,use,verdict,evidence,plan,runbook');
    expect(first).toContain(statement);
    expect(rest).toHaveLength(17 * PER_PART);
    expect(rest.at(-1)).toMatch(
      /^nextLink,\/api\/keyed\/posture\?format=csv&part=17&report=2026-03-02T00%3A00%3A00.000Z,,,,,,,,$/,
    );
    expect(headers).toMatchObject({ Link: expect.stringContaining('part=17') });
    const last = await ask(store, rest.at(-1)?.split(',')[1]?.split('?')[1] ?? '');
    expect(last.text?.trimEnd().split('\r\n')).toHaveLength(PER_PART + 1);
    expect(last.headers).not.toHaveProperty('Link');
  });

  it('begins with a byte order mark where Excel is to read it, and only then', async () => {
    const store = await reported(1);
    expect((await ask(store, 'format=csv&bom=true')).text?.startsWith('\uFEFFrow,')).toBe(true);
    expect((await ask(store, 'format=csv')).text?.startsWith('row,')).toBe(true);
    expect(await ask(store, 'format=csv&bom=yes')).toMatchObject({ status: 400 });
  });

  it('has no page that is partly of another report', async () => {
    const store = await reported(2);
    const { nextLink } = (await ask(store, '')).body as Page;
    expect(nextLink).toBeUndefined();
    const former = 'part=1&report=2026-03-02T00:00:00.000Z';
    expect(await ask(store, former)).toMatchObject({ status: 200 });
    await reported(2, '2026-03-02T01:00:00.000Z', store);
    expect(await ask(store, former)).toMatchObject({ status: 409 });
  });

  it('has nothing of a subject that no line is of, and says which are near; of one that is there it may well have none', async () => {
    const store = await reported(2);
    const misspelt = await ask(store, 'subject=0-29999');
    expect(misspelt).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining("'0-29999'"), candidates: expect.arrayContaining(['0-2999']) },
    });
    expect((await ask(store, 'subject=0-29999&format=csv')).status).toBe(404);
    expect(await ask(store, 'subject=0-3&verdict=fail')).toMatchObject({ status: 200, body: { lines: [] } });
  });

  it('answers as it is documented', async () => {
    const { body } = await ask(await reported(1), 'row=S2.38');
    const { schema } = ANSWERS['get-posture'].answers[200];
    expect(schema.safeParse(JSON.parse(JSON.stringify(body))).error?.issues).toBeUndefined();
  });
});
