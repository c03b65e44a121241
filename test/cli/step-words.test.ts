import { describe, expect, it } from 'vitest';
import { asText } from '../../cli/sheet/as-text.ts';
import { print } from '../../cli/sheet/print.ts';
import { coverageSheet } from '../../cli/sheets/coverage.ts';
import { stepIn, stepNameIn, stepWithCode } from '../../cli/words/as-page.ts';
import type { GetCoverage200 } from '../../client/api.ts';
import { sayIn, sayNamed } from '../../page/words/say.ts';
import { STEP_KINDS } from '../../src/remediation/steps/steps.ts';

const say = sayIn('en');
const KEY = 'https://kv-orders.vault.azure.net/keys/cmk';

const gap = (step: string): GetCoverage200['value'][number] => ({
  vault: '/subscriptions/s/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv-orders',
  step,
  canSee: true,
  canRepair: false,
  why: ['The product lacks a role.'],
  commands: [],
});

describe('The command line names a step', () => {
  it.each(STEP_KINDS)('in the words of the page, and by no code: %s', (kind) => {
    expect(stepIn(kind, KEY)).toBe(sayNamed(say, 'step', kind, { name: 'kv-orders/cmk' }));
    expect(stepNameIn(kind)).toBe(sayNamed(say, 'stepName', kind));
    expect(`${stepIn(kind, KEY)} ${stepNameIn(kind)}`).not.toMatch(/[a-z][A-Z]/);
  });

  it('with the code in brackets where a parameter takes it', () => {
    expect(stepWithCode('extendKeyExpiry')).toBe('extend an expiry (extendKeyExpiry)');
  });

  it('by its code in words where a newer app names one that it does not know', () => {
    expect(stepIn('polishKey', KEY)).toBe('polish key kv-orders/cmk');
    expect(stepNameIn('polishKey')).toBe('polish key');
  });
});

describe('A gap of the coverage', () => {
  const sheet = coverageSheet({
    observedAt: '2026-03-02T03:00:00Z',
    value: [gap('recoverKey'), gap('setVaultBypass')],
  });

  it('is told in words, and to a spreadsheet with the code by which the API has it', () => {
    expect(asText(sheet, 200)).toContain(
      'kv-orders: cannot be done: recover a key, let trusted services through the firewall',
    );
    expect(print(sheet, 'csv', 200)).toContain('recover a key (recoverKey)');
  });
});
