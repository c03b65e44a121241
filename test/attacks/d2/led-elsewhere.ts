import type { HostCall } from '../../../local/call-host.ts';
import type { App } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { OPENED } from '../door-apps.ts';
import { outcome, writesDuring } from '../witness.ts';

const EVIL = 'evil.example';

/** Texts that a browser, or a client that follows links, would take for another host, another header, or another path. */
const NAMES = [
  `%2F%2F${EVIL}`,
  `%5C%5C${EVIL}`,
  `..%2F..%2F..%2F%2F${EVIL}`,
  `@${EVIL}`,
  `https:%2F%2F${EVIL}`,
  `x%0D%0ALocation:%20https:%2F%2F${EVIL}`,
  '%2e%2e%2f%2e%2e%2f',
];

const QUERIES = ['code=x', `code=x&a=%0D%0ALocation:https://${EVIL}`, `code=x&redirect=https://${EVIL}`];

const calls = (): readonly HostCall[] =>
  NAMES.flatMap((name) =>
    QUERIES.flatMap((query) =>
      [`/api/reconciliations/${name}`, `/api/quarantine/${name}`, `/api//${EVIL}/..`, `//${EVIL}/api/overrides`].map(
        (path) => ({ method: 'GET', path: `${path}?${query}`, headers: { 'x-functions-key': '' } }) as const,
      ),
    ),
  );

const HERE = 'https://guardian.example';

/** Whether a client that follows the link stays at this host, at a twin, whose key the host checks. */
const isHere = (location: string): boolean => {
  const { origin, pathname } = new URL(location, `${HERE}/api/x`);
  return origin === HERE && pathname.startsWith('/api/keyed/');
};

const answersTo = async (app: App) => {
  const answers = [];
  for (const call of calls()) answers.push(await app.call(call));
  return answers;
};

export const ledElsewhere: Attack = {
  item: 'd2',
  sentence:
    'somebody sends a person an address with a key in it whose path or query leads the browser to a host of theirs',
  plan: OPENED,
  play: async (app) => {
    let answers: Awaited<ReturnType<typeof answersTo>> = [];
    const writes = await writesDuring(app, async () => {
      answers = await answersTo(app);
    });
    const led = answers.flatMap(({ headers }) => headers.location ?? []);
    const served = answers.filter(({ status }) => status < 300 || status >= 500);
    const statuses = [...new Set(answers.map(({ status }) => status))].toSorted().join(' ');
    return outcome(
      { writes, verdict: statuses },
      {
        'some are led on': led.length > 0,
        'to this host and no other': led.every(isHere),
        [`nothing is served by a key that is none (${statuses})`]: served.length === 0,
        'nothing is written': writes.length === 0,
      },
    );
  },
};
