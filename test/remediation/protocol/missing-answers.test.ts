import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyChain, type LedgerRow, link } from '../../../src/remediation/protocol/ledger.ts';
import {
  type Answer,
  answerEntry,
  answersIn,
  answerTo,
  mayGo,
} from '../../../src/remediation/protocol/missing-answers.ts';

const SINCE = '2026-03-02T00:00:00.000Z';
const [A, B] = ['a', 'b'].map((digit) => `${digit.repeat(8)}-0000-0000-0000-000000000000`) as [string, string];

type Words = readonly { readonly answer: Answer; readonly ids: readonly string[]; readonly since?: string }[];

/** The product's chain in which people have answered one after another. */
const chainOf = (words: Words): readonly LedgerRow[] =>
  link(
    'product',
    emptyChain,
    words.map(({ answer, ids, since = SINCE }, n) =>
      answerEntry(
        ids.map((id) => ({ id, since })),
        {
          entry: String(n),
          at: `2026-03-02T01:00:${String(n).padStart(2, '0')}.000Z`,
          by: 'ada',
          why: 'moved',
          answer,
        },
      ),
    ),
  );

const released = (words: Words) => mayGo(answersIn(chainOf(words))).map(({ id }) => id);

describe('whether subscriptions that are missing may go', () => {
  it('is what was last said of each, whoever has said something else before', () => {
    const letGo = { answer: 'letGo', ids: [A, B] } as const;
    const keep = { answer: 'keep', ids: [B] } as const;
    expect(released([letGo])).toEqual([A, B]);
    expect(released([letGo, keep])).toEqual([A]);
    expect(released([letGo, keep, letGo])).toEqual([A, B]);
  });

  it('is said of one time since when it is missing, and of no other', () => {
    const answers = answersIn(chainOf([{ answer: 'letGo', ids: [A] }]));
    expect(answerTo(answers, A, SINCE)).toMatchObject({ answer: 'letGo', by: 'ada', why: 'moved' });
    expect(answerTo(answers, A, '2026-03-03T00:00:00.000Z')).toBeUndefined();
    expect(answerTo(answers, B, SINCE)).toBeUndefined();
  });

  it('is never allowed by an entry that says something else', () => {
    const [row] = chainOf([{ answer: 'letGo', ids: [A] }]) as [LedgerRow];
    const others = fc.anything().filter((one) => one !== 'letGo');
    fc.assert(
      fc.property(others, (answer) => {
        const detail = { ...(row.detail as object), answer: answer as never };
        expect(mayGo(answersIn([{ ...row, detail }]))).toEqual([]);
      }),
    );
    expect(answersIn([{ ...row, kind: 'recorded' }])).toEqual([]);
    expect(answersIn([{ ...row, target: 'vault move /subscriptions/…' }])).toEqual([]);
  });

  it.each([[null], ['letGo'], [{}], [{ subscriptions: 'all' }], [{ subscriptions: [null, 7, { id: 3 }] }]])(
    'are none in a row that holds %j, which anybody may have written',
    (detail) => {
      const [row] = chainOf([{ answer: 'keep', ids: [A] }]);
      if (!row) throw new Error('the chain has a row');
      expect(answersIn([{ ...row, detail }])).toEqual([]);
    },
  );
});
