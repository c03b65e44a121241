import type { NamesVersion, Profile } from '../../../src/remediation/model/profiles/profile.ts';
import { PROFILES } from '../../../src/remediation/model/profiles.ts';
import { markdownTable } from './markdown.ts';

const keysOf = ({ keys }: Profile): string =>
  keys === 'unsaid' ? 'unsaid' : `${keys.types.join(', ')} of ${keys.sizes.join(', ')} bits`;

const needsOf = ({ needs, readsVault }: Profile): string =>
  needs === 'unsaid' ? 'unsaid' : `${needs.join(', ')}${readsVault ? '; and Reader of the vault' : ''}`;

const versionOf = ({ names }: NamesVersion): string =>
  ({ always: 'always', optional: 'may leave it out', never: 'never' })[names];

const updateOf = ({ sameKeyUpdate }: Profile): string => {
  if (sameKeyUpdate === 'looksAgain') return 'makes it look at its key again';
  return sameKeyUpdate === 'never' ? 'is never sent' : 'is assumed to make it look at its key again';
};

const QUESTIONS: readonly (readonly [string, (profile: Profile) => string])[] = [
  ['type', ({ resourceType }) => `\`${resourceType}\``],
  ['needs of its key', needsOf],
  ['keys that it takes', keysOf],
  ['identities', ({ identities }) => identities.join(', ')],
  ['names a version of its key', ({ namesVersion }) => versionOf(namesVersion)],
  ['follows its key to new versions by itself', ({ rotatesByItself }) => (rotatesByItself ? 'yes' : 'no')],
  ['an update with the key that it has', updateOf],
  ['an expired version', ({ effects }) => effects.keyExpired.because],
];

/** The facts, needs and behaviour of each kind of consumer, a column for each kind. */
export const consumersTable = (): string => {
  const profiles: readonly Profile[] = Object.values(PROFILES);
  return markdownTable(
    ['', ...profiles.map(({ noun }) => noun)],
    QUESTIONS.map(([question, answer]) => [question, ...profiles.map(answer)]),
  );
};
