import type { Expiring } from '../../loop/memory/expiring-in-use.ts';
import { supposedOf } from '../../loop/memory/known.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { keyOf, vaultName } from '../../remediation/model/key-ref.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import { type Forecast, type ForecastSettings, forecast, forecastOf } from '../../remediation/policy/forecast.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { OverridesInForce } from '../../store/overrides.ts';

const DAY_MS = 86_400_000;
const CONSUMERS_NAMED = 50;

/** A version in use that expires. `daysLeft`: whole days, less than 0 after the expiry. Times are ISO 8601. */
export type ExpiryLine = {
  readonly key: string;
  readonly version: string;
  readonly vault: string;
  readonly expiresOn: string;
  readonly daysLeft: number;
  readonly enabled: boolean;
  readonly consumers: Expiring['users'];
  readonly moreConsumers?: number;
  /** What the product does by itself. */
  readonly outlook: Forecast;
};

/** The records for a forecast: all overrides with their ends, and no approvals, attempts or requests. */
const recordsOf = (state: KeyState, { unreadable, ...overrides }: OverridesInForce): Fact<PolicyRecords> => {
  const faults = [...state.unreadable, ...unreadable];
  if (faults.length > 0) return unknown(`records that cannot be understood: ${faults.slice(0, 3).join(', ')}`);
  const { marked } = state.consumers ?? {};
  return present({
    ...overrides,
    ...(marked && { marked }),
    approvals: [],
    usedSteps: [],
    attempts: [],
    requests: [],
    repairs: [],
  });
};

/** The verdict of the policy on this expiry, where the last look has already given one. */
const decided = ({ facts, state }: Expiring): Forecast | undefined => {
  const { verdict } = state;
  const one = verdict?.decision.verdicts.find(
    ({ step }) => step.kind === 'extendKeyExpiry' && step.parameters.version === facts.version,
  );
  return verdict && one && forecastOf(one, verdict.at);
};

/** The line of a version: the verdict that the policy has given, else the one that it would give. */
export const expiryLine = (
  one: Expiring,
  overrides: OverridesInForce,
  settings: ForecastSettings,
  now: Date,
): ExpiryLine => {
  const { facts, observation, state, users } = one;
  const records = recordsOf(state, overrides);
  return {
    key: state.keyId,
    version: facts.version,
    vault: vaultName(keyOf(state.keyId)),
    expiresOn: facts.expiresOn,
    daysLeft: Math.floor((Date.parse(facts.expiresOn) - now.getTime()) / DAY_MS),
    enabled: facts.enabled,
    consumers: users.slice(0, CONSUMERS_NAMED),
    ...(users.length > CONSUMERS_NAMED && { moreConsumers: users.length - CONSUMERS_NAMED }),
    outlook: decided(one) ?? forecast(observation, facts.version, records, settings, now, supposedOf(state)),
  };
};
