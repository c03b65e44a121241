import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { OPENED } from '../door-apps.ts';
import { outcome, writesDuring } from '../witness.ts';

const LISTS = ['reconciliations', 'expiry'];
const token = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const deep = (levels: number): unknown => (levels === 0 ? [] : [deep(levels - 1)]);
const AT = '2026-03-02T00:00:00Z';

const TOKENS = [
  '../../../../etc/passwd',
  "' or PartitionKey ne '",
  token(deep(1_000)),
  token(Array.from({ length: 1_500 }, () => 1)),
  token([AT, -1, '', '', '']),
  token([AT, 1e308, '', '', '']),
  token(['never', 0, '', '', '']),
  token({ length: 5, 0: AT }),
  token([AT, 0, { toString: 1 }, null, '']),
  token([AT, 0, '', "' or PartitionKey ne '", '']),
  token(['+275760-09-13T00:00:00.000Z', 0, '', '', '']),
  'A'.repeat(7_000),
];

export const madeUpPage: Attack = {
  item: 'd3',
  sentence:
    'a reader makes up the text that names the next page of a list, to read what it does not show or to break it',
  plan: OPENED,
  play: async (app) => {
    const headers = await signedIn(app, 'reader');
    const statuses: number[] = [];
    const shown: string[] = [];
    const writes = await writesDuring(app, async () => {
      for (const list of LISTS)
        for (const after of TOKENS) {
          const path = `/api/${list}?after=${encodeURIComponent(after)}`;
          const { status, body } = await app.call({ method: 'GET', path, headers });
          statuses.push(status);
          if (status === 200) shown.push(JSON.stringify(body));
        }
    });
    const refused = statuses.filter((status) => status === 400).length;
    return outcome(
      { writes, verdict: `${refused} of ${statuses.length} refused` },
      {
        [`each is a page or refused (${[...new Set(statuses)].join(' ')})`]: statuses.every(
          (one) => one === 200 || one === 400,
        ),
        'most are refused': refused > statuses.length / 2,
        'no page shows a row of storage': !shown.some((text) => /partitionKey|json0/i.test(text)),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
