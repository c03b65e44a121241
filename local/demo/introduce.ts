import type { Booted } from '../boot.ts';
import type { Mode } from './mode.ts';
import { CHOSEN, KEY, SERVER, SWEEP_MINUTES, VAULT, WEB, WEB_KEY, WEB_VAULT } from './scenario.ts';
import type { Screen } from './screen.ts';

const MODE: { readonly [Name in Mode]: string } = {
  auto: 'it heals what only restores and what GUARDIAN_AUTO_REVERSE names (by default: recovering vaults and keys), and asks for the rest',
  approve: 'it asks before every step',
  observe: 'it reports and repairs nothing',
};

const endpointsIn = (connectionString: string): string =>
  connectionString
    .split(';')
    .flatMap((part) => /^(\w+)Endpoint=(.*)$/.exec(part)?.slice(1).join(' ') ?? [])
    .join(', ');

/** Prints the address of the page, which a person opens first. */
export const showPage = (page: string, screen: Screen): void => {
  screen.title('The page');
  screen.say(`  ${screen.paint('cyan', page)}`);
  screen.paragraph('Open it in a browser and choose who you are: the story plays there as it does here.');
};

/** Prints the addresses of all parts. */
export const showPlaces = ({ cloud, host, storage }: Booted, screen: Screen): void => {
  const { port, functionKey } = host();
  const environment = Object.entries(cloud.environment).map(([name, value]) => `${name}=${value}`);
  screen.title('Where everything is');
  screen.list([
    ['app', `http://127.0.0.1:${port}/api (the bundle in dist/, unmodified)`],
    ['function key', `${functionKey} (?code= or the header x-functions-key)`],
    ['control', `${cloud.control} (break things, repair them, look, move the clock)`],
    ['storage', `in memory: ${endpointsIn(storage.connectionString)}`],
    ['environment', environment.join(' ')],
    ['', 'points another Azure client here (docs/running.md says how to sign in)'],
  ]);
};

type Told = { readonly mode: Mode; readonly workers: number };

const workersIn = (workers: number): readonly (readonly [string, string])[] =>
  workers === 1
    ? []
    : [
        [
          'its workers',
          `are ${workers} on one task hub; curl -s $SIM/host/workers lists them, docs/running.md says how to lose one`,
        ],
      ];

/** The people and resources of the story, and where its world differs from Azure. */
export const showWorld = ({ mode, workers }: Told, screen: Screen): void => {
  screen.title('The world');
  screen.list([
    [SERVER, 'a MySQL single server. Its data are encrypted with the key below: without it, it serves nobody'],
    [KEY, `a customer-managed key in the vault ${VAULT}, which holds nothing else and is configured as dedicated`],
    [WEB, `a MySQL flexible server, on the key ${WEB_KEY} in the vault ${WEB_VAULT}`],
    ['the app', `mode ${mode}: ${MODE[mode]}`],
    ...workersIn(workers),
    [
      'its ears',
      `Event Grid tells it of the vaults, and of every write in the subscription; and every ${SWEEP_MINUTES} minutes it sweeps: looks at everything`,
    ],
    [
      'its probe',
      'is off at first. Once a minute it looks at every key version in use, and would find an expiry before the lock-out',
    ],
    [
      'the clock',
      'is virtual (UTC): it jumps from one due instant to the next, so minutes pass in a fraction of a second',
    ],
  ]);
  screen.title('Switches of this world');
  screen.list(CHOSEN.map(({ name, seconds, why }) => [`${name} ${seconds}`, why]));
};
