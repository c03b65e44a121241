import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estateScope } from '../../src/config/formats.ts';
import { ConfigError, loadConfig } from '../../src/config.ts';

const id = (digit: string): string => `/subscriptions/${digit.repeat(8)}-0000-0000-0000-000000000000`;
const [A, B] = [id('a'), id('b')];
const LANDING = '/providers/Microsoft.Management/managementGroups/landing-zones';

const scopeOf = (GUARDIAN_SCOPE: string) =>
  loadConfig({ GUARDIAN_SCOPE, AzureWebJobsStorage: 'UseDevelopmentStorage=true' }).scope;

const faultsOf = (scope: string): readonly string[] => {
  try {
    scopeOf(scope);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

describe('GUARDIAN_SCOPE', () => {
  it('takes management groups, and what is excluded, with spaces and slashes as people write them', () => {
    const text = `${LANDING}/, ! ${A}/ ,${B},!${B}/resourceGroups/sandbox`;
    expect(scopeOf(text)).toEqual({
      named: [B],
      managementGroups: ['landing-zones'],
      excluded: [A, `${B}/resourceGroups/sandbox`],
    });
  });

  it.each([
    ['a management group with a dot at its end', '/providers/Microsoft.Management/managementGroups/landing.'],
    ['a management group without a name', '/providers/Microsoft.Management/managementGroups/'],
    ['the name of a management group alone', 'landing-zones'],
    ['an excluded management group', `${A},!${LANDING}`],
    ['an excluded resource', `${A},!${A}/resourceGroups/x/providers/Microsoft.KeyVault/vaults/v`],
    ['an exclusion of an exclusion', `${A},!!${A}/resourceGroups/x`],
    ['exclusions alone', `!${A}`],
  ])('refuses %s, and says what is allowed', (_what, text) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^GUARDIAN_SCOPE is '.+'; allowed: one or more of /)]);
  });

  it('refuses what it names and excludes at once: nobody can tell which of both was meant', () => {
    expect(faultsOf(`${A},!${A.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')}`)).toEqual([
      expect.stringContaining('take one of the two out'),
    ]);
    expect(faultsOf(`${B},${A}/resourceGroups/x,!${A}`)).toEqual([expect.stringContaining('take one of the two out')]);
  });

  it('refuses an exclusion of what lies in nothing that it names, where no management group may hold it', () => {
    expect(faultsOf(`${A},!${B}`)).toEqual([expect.stringContaining('lies in nothing that it names')]);
    expect(faultsOf(`${LANDING},!${B}`)).toEqual([]);
  });

  const place = fc.constantFrom(A, B, `${A}/resourceGroups/x`);
  const setting = fc.record({
    named: fc.array(place, { maxLength: 3 }),
    managementGroups: fc.array(fc.stringMatching(/^[a-z0-9][a-z0-9().-]{0,20}[a-z0-9]$/), {
      minLength: 1,
      maxLength: 3,
    }),
    excluded: fc.array(place, { maxLength: 3 }),
  });

  it('is read as it was written, in whatever order', () => {
    fc.assert(
      fc.property(setting, fc.infiniteStream(fc.nat()), (given, order) => {
        const entries = [
          ...given.named,
          ...given.managementGroups.map((name) => `/providers/Microsoft.Management/managementGroups/${name}`),
          ...given.excluded.map((one) => `!${one}`),
        ];
        const shuffled = entries
          .map((entry) => ({ entry, at: order.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at);
        const read = estateScope(shuffled.map(({ entry }) => entry).join(','));
        const sorted = (lists: typeof given) => Object.values(lists).map((list) => list.toSorted());
        expect('value' in read && sorted(read.value as typeof given)).toEqual(sorted(given));
      }),
    );
  });

  it('whatever else it holds is refused with the entries that are wrong, and never throws', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string().map((some) => `${A},!${some}`),
      fc.string().map((some) => `${LANDING}${some}`),
    );
    fc.assert(
      fc.property(text, (some) => {
        const read = estateScope(some);
        if ('wrong' in read) expect(read.wrong.length).toBeGreaterThan(0);
        else expect(read.value.named.length + read.value.managementGroups.length).toBeGreaterThan(0);
      }),
    );
  });
});
