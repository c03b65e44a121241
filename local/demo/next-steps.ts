import type { Booted } from '../boot.ts';
import type { AppClient } from './app-client.ts';
import { AUDIENCE, KEY, KEY_ID, REPLICA, SERVER, VAULT } from './scenario.ts';
import type { Screen } from './screen.ts';

type Try = readonly [what: string, ...commands: string[]];

const KEY_JSON = `{"vault":"${VAULT}","key":"${KEY}"}`;

/** What signing in would give a person of this world. */
const TOKEN = `token() { curl -s -X POST $SIM/token -d "{\\"user\\":\\"$1\\",\\"audience\\":\\"${AUDIENCE}\\"}" | sed -n 's/.*"access_token": "\\(.*\\)".*/\\1/p'; }`;

const as = (who: string, call: string, body?: string): string =>
  `curl -s ${call} -H "Authorization: Bearer $(token ${who})"${body === undefined ? '' : ` -H 'Content-Type: application/json' -d '${body}'`}`;

/** A person for each app role, each of which may do what those before it may. */
const asEachRole: Try = [
  'Sign in as a person: reader, requester, operator and approver each have the app role of that name',
  as('reader', '$APP/reconciliations'),
  as('requester', '-X POST $APP/reconciliations', `{"resource":"${SERVER}"}`),
  as('operator', '-X PUT $APP/pause', '{"why":"planned maintenance"}'),
  as('approver', '-X DELETE "$APP/pause?why=it%20is%20over"'),
];

const approve = (planId: string): string => as('approver', `-X POST $APP/plans/${planId}/approval`, '{}');

const approval = (planId: string): Try => [
  'Approve the plan that was asked, as a person with the role Approver',
  approve(planId),
];

const laterApproval = (id: string): Try => [
  'Approve what the app asks of the key then, as a person with the role Approver',
  `PLAN=$(curl -s "$APP/keyed/reconciliations/${id}?code=$CODE" | sed -n 's/.*"plan":{"planId":"\\([0-9a-f]*\\)".*/\\1/p')`,
  approve('$PLAN'),
];

const looks = (id: string): readonly Try[] => [
  ['The status of the key: verdict, plan, reasons', `curl -s "$APP/keyed/reconciliations/${id}?code=$CODE"`],
  [
    'Its ledger: everything seen, decided and done, hash-chained',
    `curl -s "$APP/keyed/ledger?key=${KEY_ID}&code=$CODE"`,
  ],
  ['Every write that the app sent to Azure', 'curl -s "$SIM/requests?caller=cmk-guardian&mutating=true"'],
];

const breaks = (id: string): readonly Try[] => [
  [
    'Expire the key again, and let ten minutes pass at once',
    `curl -s -X POST $SIM/break/expire-key -d '${KEY_JSON}'`,
    `curl -s -X POST $SIM/advance -d '{"by":"PT10M"}'`,
  ],
  [
    'Silence Event Grid before you break something: then only the sweep can find it',
    `curl -s -X POST $SIM/break/unsubscribe -d "{\\"name\\":\\"guardian\\",\\"scope\\":\\"$VAULT\\"}"`,
  ],
  [
    'Delete the key: Azure has no event for that, probe or sweep find it, and it comes back by itself',
    `curl -s -X POST $SIM/break/delete-key -d '${KEY_JSON}'`,
    `curl -s -X POST $SIM/advance -d '{"by":"PT10M"}'`,
  ],
  [
    'Have somebody set its expiry instead, to take the key away: the app asks, and goes on only after a yes',
    `curl -s -X POST $SIM/break/set-expiry -d '${KEY_JSON}'`,
    `curl -s -X POST $SIM/advance -d '{"by":"PT10M"}'`,
  ],
  [
    'Disable the key: somebody may have meant that, so the app asks before it enables it (or enable it yourself)',
    `curl -s -X POST $SIM/break/disable-key -d '${KEY_JSON}'`,
    `curl -s -X POST $SIM/repair/enable-key -d '${KEY_JSON}'`,
  ],
  laterApproval(id),
  [
    'Make a replica: it inherits the key and may not use it, gets an identity and access, and serves (the act `--act replica`)',
    `curl -s -X POST $SIM/break/create-replica -d '{"server":"${SERVER}","name":"${REPLICA}"}'`,
    `curl -s -X POST $SIM/advance -d '{"by":"PT20M"}'`,
  ],
  ['Everything else that can be broken, repaired and looked at', 'curl -s $SIM'],
];

/** What to try, ready to paste: first the names that the commands use. */
export const showNextSteps = async (booted: Booted, app: AppClient, screen: Screen): Promise<void> => {
  const { cloud, host } = booted;
  const { port, functionKey } = host();
  const keys = await app.keys();
  const id = keys.find(({ key }) => key === KEY_ID)?.id ?? '';
  const asked = (await Promise.all(keys.map((key) => app.status(key.id)))).flatMap((status) => status.asked);
  const vault = cloud.world.keyVault.vault(VAULT)?.id ?? '';
  const names = `APP=http://127.0.0.1:${port}/api CODE=${functionKey} SIM=${cloud.control} VAULT=${vault}`;
  const tries: readonly Try[] = [
    ['First, in another terminal, what the commands below use', `export ${names}`, TOKEN],
    ...asked.map(({ planId }) => approval(planId)),
    ...looks(id),
    asEachRole,
    ...breaks(id),
  ];
  screen.title('What next');
  for (const [what, ...commands] of tries) {
    screen.say(`  ${what}:`);
    for (const command of commands) screen.say(`    ${screen.paint('cyan', command)}`);
  }
  screen.paragraph(
    'From now on the clock goes as fast as yours, and whatever happens is told below. Ctrl-C stops everything.',
  );
  screen.say();
};
