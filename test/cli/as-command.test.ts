import { describe, expect, it } from 'vitest';
import { asCommand } from '../../cli/words/as-command.ts';
import { plain } from '../../cli/words/plain.ts';
import { liftBy } from '../../src/remediation/model/doors.ts';
import { answerBy } from '../../src/remediation/plan/plan-number.ts';

const GROUP = '/subscriptions/1/resourceGroups/data';

describe('What holds a step back is told with the command that ends it', () => {
  it.each([
    ['a pause of everything', liftBy('pause', 'why='), 'cmk-guardian resume --why <text>'],
    ['a pause of a scope', liftBy('pause', `scope=${GROUP}&why=`), `cmk-guardian resume --scope ${GROUP} --why <text>`],
    [
      'a record of something that is not named',
      liftBy('do-not-heal', 'target=<target>&why='),
      'cmk-guardian do-not-heal <target> --lift --why <text>',
    ],
    [
      'a record of a version',
      liftBy('do-not-heal', 'target=https://kv.vault.azure.net/keys/cmk/1&why='),
      'cmk-guardian do-not-heal https://kv.vault.azure.net/keys/cmk/1 --lift --why <text>',
    ],
    ['a question', answerBy('0123456789abcdef'), 'cmk-guardian approve 01234567, or reject 01234567 --why <text>'],
  ])('%s', (_what, door, command) => {
    expect(asCommand(`To go on, send ${door}.`)).toBe(`To go on, send ${command}.`);
  });

  it('leaves every other sentence as it is, and names no route in a table', () => {
    expect(asCommand('GET /api/overrides lists all that there are.')).toBe(
      'GET /api/overrides lists all that there are.',
    );
    expect(plain(`Lift the pause with ${liftBy('pause', 'why=')}.`)).toBe(
      'Lift the pause with cmk-guardian resume --why <text>.',
    );
    const lifted = liftBy('pause', `scope=${GROUP}&why=`);
    expect(plain(`Repairs of what lies in ${GROUP} are paused. Lift it with ${lifted}.`)).toBe(
      `Repairs of what lies in data are paused. Lift it with cmk-guardian resume --scope ${GROUP} --why <text>.`,
    );
  });
});
