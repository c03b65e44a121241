import type { Fact, Facts } from './facts.ts';
import type { Finding, Rule } from './finding.ts';
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

const unseen = (what: string, fact: Fact<unknown>): readonly Finding[] =>
  fact.kind === 'unknown' ? [{ weight: 'unseen', sentence: `Nobody knows of ${what}: ${fact.why}`, commands: [] }] : [];

/**
 * Findings about the facts, and a finding for each fact that could not be read: a report without findings covers only the facts
 * that were read.
 */
export const diagnose = (facts: Facts): readonly Finding[] => [
  ...RULES.flatMap((rule) => rule(facts)),
  ...WHAT.flatMap(([what, factOf]) => unseen(what, factOf(facts))),
  ...Object.entries(facts.accounts).flatMap(([name, fact]) => unseen(`the storage account ${name}`, fact)),
  ...Object.entries(facts.below).flatMap(([name, fact]) =>
    unseen(`the subscriptions below the management group ${name}`, fact),
  ),
  ...Object.entries(facts.atManagementGroups).flatMap(([name, fact]) =>
    unseen(`its role assignments at the management group ${name}`, fact),
  ),
  ...Object.entries(facts.elsewhere).flatMap(([id, fact]) =>
    unseen(`its role assignments in subscription ${id}`, fact),
  ),
  ...Object.entries(facts.eventSubscriptions).flatMap(([id, fact]) =>
    unseen(`the event subscriptions of subscription ${id}`, fact),
  ),
  ...Object.entries(facts.zones).flatMap(([name, fact]) => unseen(`the private DNS zones of ${name}`, fact)),
];
