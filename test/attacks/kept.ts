/** Functions for attacks on the product's tables. */
import { keyInstanceId } from '../../src/remediation/model/key-ref.ts';
import type { AskedPlan } from '../../src/store/key-state.ts';
import { breakLink } from '../builders/breaking/break-link.ts';
import { HOUR, MINUTE } from '../builders/durations.ts';
import { ledgerOf } from '../builders/incident.ts';
import type { App } from '../builders/open-app.ts';
import type { Tables } from '../builders/tampering.ts';
import type { Outcome } from './attack.ts';
import { outcome, verdictOn, writesDuring } from './witness.ts';

export const keyIn = (vault: string): string => `https://${vault}.vault.azure.net/keys/cmk`;

export const tablesOf = ({ storage, tablePrefix }: App): Tables => ({
  connectionString: storage.connectionString,
  prefix: tablePrefix,
});

/** The healthy subject of a vault of `victims`. */
export const subjectIn = (vault: string) =>
  ({ kind: 'single', name: vault.replace(/^kv-/, ''), vault, model: 'accessPolicies', links: [] }) as const;

/** Once the product has recorded that everything is healthy, its tables are changed, and then the key is deleted. */
export const playTampering = async (
  app: App,
  vault: string,
  fault: RegExp,
  tamper: (tables: Tables, chain: string) => Promise<void>,
): Promise<Outcome> => {
  await app.pass(10 * MINUTE);
  const writes = await writesDuring(app, async () => {
    await tamper(tablesOf(app), keyIn(vault));
    breakLink(app.cloud.world, subjectIn(vault), 'keyDeleted');
    await app.pass(HOUR);
  });
  const { verification } = await ledgerOf(app, keyIn(vault));
  const told = verification.kind === 'broken' ? verification.fault : 'intact';
  const verdict = await verdictOn(app, vault);
  const claims = {
    'nothing is written': writes.length === 0,
    'it is reported': verdict.startsWith('report'),
    'verify names what is broken': fault.test(told),
  };
  return outcome({ writes, verdict: `${verdict}; ${told}` }, claims);
};

type Status = { readonly asked: readonly AskedPlan[]; readonly incident?: string };

/** The status of the key of a vault, from the product's own API. */
export const statusIn = async (app: App, vault: string): Promise<Status> => {
  const id = keyInstanceId({ host: `${vault}.vault.azure.net`, name: 'cmk' });
  return (await app.door({ method: 'GET', path: `/api/reconciliations/${id}` }, 200)).body as Status;
};

/**
 * An owner has disabled the key, and the product asks before it enables the key: the id of that plan, empty where there is none.
 */
export const planAskedIn = async (app: App, vault: string): Promise<string> => {
  await app.pass(10 * MINUTE);
  breakLink(app.cloud.world, subjectIn(vault), 'keyDisabled');
  await app.pass(HOUR);
  return (await statusIn(app, vault)).asked[0]?.planId ?? '';
};
