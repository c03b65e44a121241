import { describe, expect, it } from 'vitest';
import { type Fact, type KeyVersionFacts, present, unknown } from '../../../src/remediation/model/facts.ts';
import { cannotGoOn } from '../../../src/remediation/observation/cannot-go-on.ts';
import { aVersion, inDays, NOW, V1 } from '../../builders/observation.ts';
import { REMEDIATION } from '../../builders/policy.ts';

const asks = (fact: Fact<KeyVersionFacts>) => cannotGoOn({ [V1]: fact }, REMEDIATION, NOW);
const ofAge = (years: number, expiresOn: string) =>
  present(aVersion(V1, { createdOn: inDays(-365 * years), expiresOn }));

describe('The current version is asked for', () => {
  it('where a pinned one is at its end and has reached the greatest age', () => {
    expect(asks(ofAge(6, inDays(3)))).toBe(true);
    expect(asks(ofAge(6, inDays(-3)))).toBe(true);
  });
  it('never while that one can still be extended, or is not near its end', () => {
    expect(asks(ofAge(1, inDays(3)))).toBe(false);
    expect(asks(ofAge(6, inDays(60)))).toBe(false);
    expect(asks(present(aVersion()))).toBe(false);
  });
  it('nor where nothing could be read', () => {
    expect(asks(unknown('403'))).toBe(false);
  });
});
