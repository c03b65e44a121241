import type { FullWorld } from '../../../local/cloud/create-world.ts';
import { pinnedOf, serves } from '../../acceptance/healed.ts';
import { SCENARIOS } from '../../acceptance/scenarios.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { KINDS, type Kind, type Link, linksOf, type Model } from '../../builders/breaking/links.ts';
import { KEY_NAME, type Subject } from '../../builders/breaking/subjects.ts';
import { DAY } from '../../builders/durations.ts';

/** A break, on a consumer and a vault of its own. */
export type Case = {
  /** `single server, roles: keyExpired` */
  readonly name: string;
  readonly subject: Subject;
  readonly breakIt: (world: FullWorld, subject: Subject) => void;
  /** Whether it works again, where that takes more than every link of the subject as it was. */
  readonly isHealed?: (world: FullWorld, subject: Subject) => boolean;
};

const MODELS = ['accessPolicies', 'roles'] as const satisfies readonly Model[];

const CONSUMERS: Readonly<Record<Kind, string>> = {
  single: 'single server',
  flexible: 'flexible server',
  set: 'disk encryption set',
};

const VAULTS: Readonly<Record<Model, string>> = { accessPolicies: 'access policies', roles: 'roles' };

const nameOf = ({ kind, model }: Subject, what: string): string => `${CONSUMERS[kind]}, ${VAULTS[model]}: ${what}`;

const broken = (kind: Kind, model: Model, link: Link, at: number): Case => {
  const name = `${kind}-${model === 'roles' ? 'r' : 'p'}-${at}`;
  const subject: Subject = { kind, name, vault: `kv-${name}`, model, links: [link] };
  return { name: nameOf(subject, link), subject, breakIt: breakLinks };
};

/** Breaks outside of these links, whose repair no person has requested. */
const others = (): readonly Case[] =>
  SCENARIOS.filter(({ subject, requests }) => subject.links.length === 0 && requests === undefined).map(
    ({ name, subject, breakIt, isHealed }) => ({ name: nameOf(subject, name), subject, breakIt, isHealed }),
  );

/** A person ends the version of a key now; only Key Vault's own record of the change shows it. */
const expirySet = (kind: Kind): Case => {
  const name = `${kind}-set-expiry`;
  const subject: Subject = { kind, name, vault: `kv-${name}`, model: 'accessPolicies', links: [] };
  return {
    name: nameOf(subject, 'somebody sets an expiry of yesterday'),
    subject,
    breakIt: ({ clock, keyVault }, { vault }) =>
      void keyVault.setAttributes(vault, KEY_NAME, undefined, { exp: Math.floor((clock.now() - DAY) / 1_000) }),
    isHealed: (world, one) => (pinnedOf(world, one)?.exp ?? 0) * 1_000 > world.clock.now() && serves(world, one),
  };
};

/** Every link alone, of every kind of consumer under every permission model; other breaks; and cases that look like a break. */
export const CASES: readonly Case[] = [
  ...KINDS.flatMap((kind) => MODELS.flatMap((model) => linksOf(kind).map((link, at) => broken(kind, model, link, at)))),
  ...others(),
  ...KINDS.map(expirySet),
];
