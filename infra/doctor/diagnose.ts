import type { Fact, Facts } from './facts.ts';
import type { Finding, Rule, Weight } from './finding.ts';
import { CODE_RULES } from './rules/code.ts';
import { HEALTH_RULES } from './rules/health.ts';
import { IDENTITY_RULES } from './rules/identity.ts';
import { namesResolve } from './rules/private-names.ts';
import { RIGHTS_RULES } from './rules/rights.ts';
import { SCOPE_RULES } from './rules/scope.ts';
import { SETTINGS_RULES } from './rules/settings.ts';
import { SIGN_IN_RULES } from './rules/sign-in.ts';
import { SITE_RULES } from './rules/site.ts';
import { STORAGE_RULES } from './rules/storage.ts';

/** A rule whose finding explains other findings comes first. */
const RULES: readonly Rule[] = [
  ...SITE_RULES,
  ...IDENTITY_RULES,
  ...SETTINGS_RULES,
  ...STORAGE_RULES,
  namesResolve,
  ...CODE_RULES,
  ...RIGHTS_RULES,
  ...SCOPE_RULES,
  ...SIGN_IN_RULES,
  ...HEALTH_RULES,
];

const WHAT: readonly (readonly [string, (facts: Facts) => Fact<unknown>])[] = [
  ['the subscription', ({ tenantId }) => tenantId],
  ['the function app', ({ site }) => site],
  ['its settings', ({ settings }) => settings],
  ['its functions', ({ functions }) => functions],
  ['its host', ({ host }) => host],
  ['the groups that its identity is in', ({ groups }) => groups],
  ['its role assignments', ({ assignments }) => assignments],
  ['the network of the app', ({ privateNames }) => privateNames],
  ['the app registration', ({ registration }) => registration],
  ['the answer of /api/health', ({ health }) => health],
];

/** What could not be read, by the reason: several facts of one reason are one finding. */
const unseenOf = (all: readonly (readonly [what: string, fact: Fact<unknown>])[]): readonly Finding[] => {
  const unread = all.flatMap(([what, fact]) => (fact.kind === 'unknown' ? [{ what, why: fact.why }] : []));
  return [...Map.groupBy(unread, ({ why }) => why)].map(([why, some]) => ({
    weight: 'unseen',
    sentence: `Nobody knows of ${some.map(({ what }) => what).join(', ')}: ${why}`,
    commands: [],
  }));
};

const eachOf = <Value>(by: Readonly<Record<string, Fact<Value>>>, what: string) =>
  Object.entries(by).map(([name, fact]) => [`${what} ${name}`, fact] as const);

const WEIGHTS: readonly Weight[] = ['stops', 'limits', 'unseen', 'noted'];

/**
 * Findings about the facts, the heaviest first, and a finding for facts that could not be read: a report without findings covers
 * only the facts that were read.
 */
export const diagnose = (facts: Facts): readonly Finding[] =>
  [
    ...RULES.flatMap((rule) => rule(facts)),
    ...unseenOf([
      ...WHAT.map(([what, factOf]) => [what, factOf(facts)] as const),
      ...eachOf(facts.accounts, 'the storage account'),
      ...eachOf(facts.below, 'the subscriptions below the management group'),
      ...eachOf(facts.atManagementGroups, 'its role assignments at the management group'),
      ...eachOf(facts.elsewhere, 'its role assignments in subscription'),
      ...eachOf(facts.eventSubscriptions, 'the event subscriptions of subscription'),
      ...eachOf(facts.zones, 'the private DNS zones of'),
    ]),
  ].toSorted((one, other) => WEIGHTS.indexOf(one.weight) - WEIGHTS.indexOf(other.weight));
