import { describe, expect, it } from 'vitest';
import type { Unreadable } from '../../../src/azure/consumers/consumer-type.ts';
import { refusedOnce } from '../../../src/azure/consumers/refused-once.ts';

const SCOPE = '/subscriptions/00000000-0000-0000-0000-000000000001';
const FIX = `az role assignment create --role 'CMK Guardian Observe' --scope ${SCOPE}`;

const refused = (what: string, fix = FIX, more: Partial<Unreadable> = {}): Unreadable => ({
  kind: 'unknown',
  id: SCOPE,
  reason: `the ${what} of ${SCOPE}: the product has no role with the action ${what}/read there. Fix: ${fix} (Azure says: no authorization. Ask $1 (or $2); 403 AuthorizationFailed)`,
  ...more,
});

describe('What Azure refuses at one place', () => {
  it('is said once for all kinds of consumers, with the command that mends it and what Azure says', () => {
    const [one, ...none] = refusedOnce(
      ['servers', 'flexibleServers', 'diskEncryptionSets'].map((what) => refused(what)),
    );
    expect(none).toEqual([]);
    expect(one).toEqual({
      ...refused('servers'),
      reason: `the servers of ${SCOPE}: the product has no role with the action servers/read there; Azure refuses 2 more lists there in the same way. Fix: ${FIX} (Azure says: no authorization. Ask $1 (or $2); 403 AuthorizationFailed)`,
    });
  });

  it('is said apart where another command mends it, where Azure only did not answer, or where no key is named', () => {
    const all = [
      refused('servers'),
      refused('sets', 'az account show'),
      refused('flexibleServers', FIX, { unavailable: true }),
      refused('hsm', FIX, { namesNoKey: true }),
      refused('servers', FIX, { id: `${SCOPE}/resourceGroups/data` }),
      { kind: 'unknown', id: SCOPE, reason: 'nobody knows' },
      { kind: 'unknown', id: SCOPE, reason: 'nobody knows' },
    ] as const satisfies readonly Unreadable[];
    expect(refusedOnce(all)).toEqual(all);
  });

  it('stays as it is where one list alone is refused', () => {
    expect(refusedOnce([refused('servers')])).toEqual([refused('servers')]);
  });
});
