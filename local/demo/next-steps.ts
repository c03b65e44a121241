import type { Booted } from '../boot.ts';
import type { AppClient, KeySummary } from './app-client.ts';
import type { Mode } from './mode.ts';
import { pasteable } from './paste.ts';
import { AUDIENCE, KEY, KEY_ID, SERVER, VAULT, WEB, WEB_KEY, WEB_KEY_ID, WEB_VAULT } from './scenario.ts';
import type { Screen } from './screen.ts';
import type { TimedLooks } from './timed-looks.ts';
import { type Broken, breaksToTry, type Try } from './tries.ts';
import { wrap } from './wrap.ts';

/** The token that a person of this world would get by signing in. */
const TOKEN = `token() { curl -s -X POST $SIM/token -d "{\\"user\\":\\"$1\\",\\"audience\\":\\"${AUDIENCE}\\"}" | sed -n 's/.*"access_token": "\\(.*\\)".*/\\1/p'; }`;

const as = (who: string, call: string, body?: string): string =>
  `curl -s ${call} -H "Authorization: Bearer $(token ${who})"${body === undefined ? '' : ` -H 'Content-Type: application/json' -d '${body}'`}`;

/** A person for each app role. Each role has the rights of the roles before it. */
const asEachRole = (server: string): Try => [
  'Sign in as a person: reader, requester, operator and approver each have the app role of that name',
  as('reader', '$APP/reconciliations'),
  as('requester', '-X POST $APP/reconciliations', `{"resource":"${server}"}`),
  as('operator', '-X PUT $APP/pause', '{"why":"planned maintenance"}'),
  as('approver', '-X DELETE "$APP/pause?why=it%20is%20over"'),
];

const guardian = (who: string, command: string): string =>
  `GUARDIAN_TOKEN=$(token ${who}) npm run -s guardian -- ${command}`;

/** The command line finds no signed-in person here: the token of a person is given to it. */
const inWords: Try = [
  'The same in words, from the folder of this repository; plan shows the command that says yes, which is the approver’s',
  `export GUARDIAN_URL=\${APP%/api}`,
  guardian('reader', 'status'),
  guardian('reader', 'plan'),
  guardian('operator', `pause --why 'planned maintenance'`),
  guardian('approver', `resume --why 'it is over'`),
];

/** Adds a subscription with a server to the app's scope; docs/local-cloud.md goes on from there. */
export const joining = (managementGroup: string): Try => [
  `Have a subscription with a server join what lies below ${managementGroup}; docs/local-cloud.md has what follows, until it leaves`,
  `SUB=$(curl -s -X POST $SIM/repair/create-subscription -d '{"name":"team-a","managementGroup":"${managementGroup}","server":"team-a"}' | sed -n 's/.*"subscription": "\\(.*\\)".*/\\1/p')`,
  `curl -s -X POST $SIM/advance -d '{"by":"PT5M"}'`,
  guardian('reader', 'subscriptions'),
];

const approve = (planId: string): string => as('approver', `-X POST $APP/plans/${planId}/approval`, '{}');

const approval = (planId: string): Try => [
  'Approve the plan that was asked, as a person with the role Approver',
  `PLAN=${planId}`,
  approve('$PLAN'),
];

const laterApproval: Try = [
  'Approve what the app asks of the key then, as a person with the role Approver',
  `PLAN=$(curl -s "$APP/keyed/reconciliations/$ID?code=$CODE" | sed -n 's/.*"plan":{"planId":"\\([0-9a-f]*\\)".*/\\1/p')`,
  approve('$PLAN'),
];

const placesToLook = (keyId: string): readonly Try[] => [
  ['The status of the key: verdict, plan, reasons', 'curl -s "$APP/keyed/reconciliations/$ID?code=$CODE"'],
  [
    'Its ledger: everything seen, decided and done, hash-chained',
    `curl -s "$APP/keyed/ledger?key=${keyId}&code=$CODE"`,
  ],
  ['Every write that the app sent to Azure', 'curl -s "$SIM/requests?caller=cmk-guardian&mutating=true"'],
];

/** The keys of this world; the next commands break a key that is healthy. */
const KEYS = [
  { keyId: KEY_ID, vault: VAULT, key: KEY, server: SERVER },
  { keyId: WEB_KEY_ID, vault: WEB_VAULT, key: WEB_KEY, server: WEB },
] as const;

const isWell = (lines: readonly KeySummary[], keyId: string): boolean =>
  lines.every(({ key, verdict }) => key !== keyId || verdict === 'healthy');

const brokenNext = (lines: readonly KeySummary[]): Broken & { readonly keyId: string } => {
  const chosen = KEYS.find(({ keyId }) => isWell(lines, keyId)) ?? KEYS[0];
  return { ...chosen, id: lines.find(({ key }) => key === chosen.keyId)?.id ?? '' };
};

const showTries = (screen: Screen, tries: readonly Try[]): void => {
  screen.title('What next');
  for (const [what, ...commands] of tries) {
    for (const line of wrap(`${what}:`, screen.width - 2)) screen.say(`  ${line}`);
    for (const line of commands.flatMap((command) => pasteable(command, screen.width - 4)))
      screen.say(`    ${screen.paint('cyan', line)}`);
  }
};

type Played = { readonly mode: Mode; readonly looks: TimedLooks; readonly managementGroup?: string };

/** Prints commands to try, ready to paste: first the names that the commands use. */
export const showNextSteps = async (
  { cloud, host }: Booted,
  app: AppClient,
  { mode, looks, managementGroup }: Played,
  screen: Screen,
): Promise<void> => {
  const { port, functionKey } = host();
  const lines = await app.keys();
  const broken = brokenNext(lines);
  const ids = [...new Set(lines.map(({ id }) => id))];
  const asked = (await Promise.all(ids.map((id) => app.status(id)))).flatMap((status) => status.asked);
  const vault = cloud.world.keyVault.vault(broken.vault)?.id ?? '';
  const names = `APP=http://127.0.0.1:${port}/api CODE=${functionKey} SIM=${cloud.control} VAULT=${vault} ID=${broken.id}`;
  showTries(screen, [
    ['First, in another terminal, what the commands below use', `export ${names}`, TOKEN],
    ...asked.map(({ planId }) => approval(planId)),
    ...placesToLook(broken.keyId),
    asEachRole(broken.server),
    inWords,
    ...(managementGroup === undefined ? [] : [joining(managementGroup)]),
    ...breaksToTry(mode, looks, broken),
    // In mode observe the app asks for no approval: it would refuse one.
    ...(mode === 'observe' ? [] : [laterApproval]),
    ['Everything else that can be broken, repaired and looked at', 'curl -s $SIM'],
  ]);
  screen.paragraph(
    'From now on the clock goes as fast as yours, and whatever happens is told below. Ctrl-C stops everything.',
  );
  screen.say();
};
