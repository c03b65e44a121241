import { describe, expect, it } from 'vitest';
import { failureOf } from '../../cli/failure.ts';
import { programFor } from '../../cli/program.ts';
import { asText } from '../../cli/sheet/as-text.ts';
import { asCommand } from '../../cli/words/as-command.ts';
import { plain } from '../../cli/words/plain.ts';
import { Refused } from '../../client/refused.ts';
import { byKey, liftBy } from '../../src/remediation/model/doors.ts';
import { answerBy } from '../../src/remediation/plan/plan-number.ts';
import { ROUTES, type RouteName } from '../../src/surface.ts';
import { surroundingsOf } from './rig.ts';

const GROUP = '/subscriptions/1/resourceGroups/data';

describe('What holds a step back is told with the command that ends it', () => {
  it.each([
    ['a pause of everything', liftBy('pause', 'why='), "cmk-guardian resume --why '<why>'"],
    [
      'a pause of a scope',
      liftBy('pause', `scope=${GROUP}&why=`),
      `cmk-guardian resume --scope ${GROUP} --why '<why>'`,
    ],
    [
      'a record of something that is not named',
      liftBy('do-not-heal', 'target=<target>&why='),
      "cmk-guardian do-not-heal <target> --lift --why '<why>'",
    ],
    [
      'a record of a version',
      liftBy('do-not-heal', 'target=https://kv.vault.azure.net/keys/cmk/1&why='),
      "cmk-guardian do-not-heal https://kv.vault.azure.net/keys/cmk/1 --lift --why '<why>'",
    ],
    ['a question', answerBy('0123456789abcdef'), "cmk-guardian approve 01234567, or reject 01234567 --why '<why>'"],
  ])('%s', (_what, door, command) => {
    expect(asCommand(`To go on, send ${door}.`)).toBe(`To go on, send ${command}.`);
  });

  it('leaves a sentence that names no route as it is, and names no route in a table', () => {
    expect(asCommand('Mode approve asks before every step (see docs/http.md).')).toBe(
      'Mode approve asks before every step (see docs/http.md).',
    );
    expect(plain(`Lift the pause with ${liftBy('pause', 'why=')}.`)).toBe(
      "Lift the pause with cmk-guardian resume --why '<why>'.",
    );
    const lifted = liftBy('pause', `scope=${GROUP}&why=`);
    expect(plain(`Repairs of what lies in ${GROUP} are paused. Lift it with ${lifted}.`)).toBe(
      `Repairs of what lies in data are paused. Lift it with cmk-guardian resume --scope ${GROUP} --why '<why>'.`,
    );
  });
});

const VAULTS = ['data', 'moved'].map(
  (group) => `/subscriptions/1/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/kv`,
);

describe('A sentence on a narrow screen has names in place of ids', () => {
  it('but not in a command: a vault that was moved is accepted by both of its ids', () => {
    const command = `\`cmk-guardian accept-vault ${VAULTS.join(' ')} --why '<why>'\``;
    expect(plain(`The vault ${VAULTS[0]} was moved: ${command}.`)).toBe(`The vault kv was moved: ${command}.`);
    const ofAzure = '`az keyvault key show --id https://kv.vault.azure.net/keys/cmk/0123456789abcdef0123456789abcdef`';
    expect(plain(`See ${ofAzure}.`)).toBe(`See ${ofAzure}.`);
  });

  it('where a name tells one id from another: two resources of one name keep their ids', () => {
    expect(plain(`It is ${VAULTS[1]}, not ${VAULTS[0]}, in ${GROUP}.`)).toBe(
      `It is ${VAULTS[1]}, not ${VAULTS[0]}, in data.`,
    );
    expect(plain(`It is ${VAULTS[0]}, as ${VAULTS[0]?.toLowerCase()} was.`)).toBe('It is kv, as kv was.');
  });
});

/** Routes without a command of the command line: its sentences name the route, so that a person can call it. */
const WITHOUT_COMMAND: readonly RouteName[] = [
  'get-evidence',
  'get-health',
  'get-openapi',
  'get-client-settings',
  'get-page',
  'get-page-file',
  'get-problem',
  'get-settings',
  'receive-alert',
];

const commandNames = programFor({ surroundings: surroundingsOf({}), ended: () => {} }).commands.map((one) =>
  one.name(),
);

describe('A route that a sentence names is told as the command that does the same', () => {
  it.each(ROUTES.filter(({ name }) => !WITHOUT_COMMAND.includes(name)))('$method $route', ({ method, route }) => {
    for (const path of [route, `keyed/${route}`]) {
      const [, name = ''] =
        /^See cmk-guardian ([a-z-]+)[^/]*, then\.$/.exec(asCommand(`See ${method} /api/${path}, then.`)) ?? [];
      expect(commandNames).toContain(name);
    }
  });

  it.each(ROUTES.filter(({ name }) => WITHOUT_COMMAND.includes(name)))(
    'but no command does $method $route',
    ({ method, route }) => {
      const sentence = `See ${method} /api/${route}, then.`;
      expect(asCommand(sentence)).toBe(sentence);
    },
  );

  it.each([
    ['GET /api/overrides lists all that there are.', 'cmk-guardian overrides lists all that there are.'],
    ['GET /api/coverage?gaps=true names each.', 'cmk-guardian coverage --gaps names each.'],
    ['GET /api/subscriptions?missing=true shows those.', 'cmk-guardian subscriptions --missing shows those.'],
    [
      'GET /api/incidents/20260722T120000Z-1a2b3c4d shows it.',
      'cmk-guardian incident 20260722T120000Z-1a2b3c4d shows it.',
    ],
    [`So does POST /api/plans/${'0123456789abcdef'.repeat(4)}/approval.`, 'So does cmk-guardian approve 01234567.'],
    [
      `POST /api/reconciliations with {"key":"https://kv.vault.azure.net/keys/cmk"} does so now ${byKey('POST', 'reconciliations')}.`,
      'cmk-guardian start https://kv.vault.azure.net/keys/cmk does so now.',
    ],
    [
      `GET /api/settings lists them ${byKey('GET', 'settings')}.`,
      `GET /api/settings lists them ${byKey('GET', 'settings')}.`,
    ],
  ])('%s', (sentence, told) => {
    expect(asCommand(sentence)).toBe(told);
  });

  it('wherever a person reads it: in a sentence, among facts, in a table, and when the app refuses', () => {
    const sentence = 'GET /api/overrides lists all.';
    const shown = asText(
      {
        blocks: [
          { kind: 'text', text: sentence },
          { kind: 'facts', facts: [['why', sentence]] },
          { kind: 'table', table: { columns: ['why'], rows: [[sentence]] } },
        ],
      },
      120,
    );
    expect(shown.match(/cmk-guardian overrides lists all/g)).toHaveLength(3);
    expect(shown).not.toContain('/api/');
    const problem = { detail: sentence, error: { code: 'NotFound' } } as Refused['problem'];
    expect(failureOf(new Refused(404, problem)).says).toBe('cmk-guardian overrides lists all.');
  });
});
