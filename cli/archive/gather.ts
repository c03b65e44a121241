import {
  getEvidence,
  getIncident,
  getOverrides,
  getSummary,
  getWouldHave,
  listExpiry,
  listIncidents,
  listReconciliations,
} from '../../client/api.ts';
import { Refused } from '../../client/refused.ts';
import { readPosture } from '../commands/posture.ts';
import type { Context } from '../context.ts';
import { inTurns } from '../in-turns.ts';
import type { Chain } from '../ledger/chain.ts';
import { readChains } from '../ledger/read-chains.ts';
import { allPages } from '../pages.ts';
import { withProgress } from '../progress.ts';
import type { ExportedFile } from './manifest.ts';
import { fileOfChain } from './names.ts';

/** The form of every hash of the product. An answer with another text must not name a file outside of the folder. */
const HASH = /^[0-9a-f]{64}$/;
const INCIDENT = /^[\w-]{1,200}$/;

const json = (path: string, value: unknown): ExportedFile => ({
  path,
  text: `${JSON.stringify(value, undefined, 2)}\n`,
});

const reports = async (context: Context): Promise<readonly ExportedFile[]> => {
  const { sending } = context;
  const [summary, overrides, standing, expiry, wouldHave, posture] = await Promise.all([
    getSummary(sending),
    getOverrides(sending),
    listReconciliations({ verdict: 'all' }, sending).then((first) => allPages(first, sending)),
    listExpiry({ within: 'P1Y' }, sending).then((first) => allPages(first, sending)),
    getWouldHave({}, sending).then((first) => allPages(first, sending)),
    readPosture(context, {}),
  ]);
  return [
    json('summary.json', summary),
    json('overrides.json', overrides),
    json('standing.json', standing),
    json('expiry.json', expiry),
    json('would-have.json', wouldHave),
    json('posture.json', posture),
  ];
};

const incidentFiles = async ({ sending, surroundings }: Context): Promise<readonly ExportedFile[]> => {
  const all = (await allPages(await listIncidents({}, sending), sending)).value;
  const value = all.filter(({ id }) => INCIDENT.test(id));
  return withProgress(surroundings, { what: 'Reading incidents', total: value.length }, (advance) =>
    inTurns(value, async ({ id }) => json(`incidents/${id}.json`, await getIncident(id, sending)), advance),
  );
};

/** Evidence that is gone, or too old, is left out here: the check of the export reports it, since the ledger names its hash. */
const evidenceFile = async ({ sending }: Context, hash: string): Promise<readonly ExportedFile[]> => {
  try {
    return [json(`evidence/${hash}.json`, await getEvidence(hash, sending))];
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return [];
    throw error;
  }
};

const evidenceFiles = async (context: Context, chains: readonly Chain[]): Promise<readonly ExportedFile[]> => {
  const hashes = [
    ...new Set(
      chains.flatMap(({ entries }) => entries.flatMap(({ evidence = '' }) => (HASH.test(evidence) ? [evidence] : []))),
    ),
  ];
  return withProgress(context.surroundings, { what: 'Reading evidence', total: hashes.length }, async (advance) =>
    (await inTurns(hashes, (hash) => evidenceFile(context, hash), advance)).flat(),
  );
};

/** The files for an auditor: chains, their evidence, incidents, and the present state. */
export const gather = async (context: Context): Promise<readonly ExportedFile[]> => {
  const [chains, others, incidents] = await Promise.all([
    readChains(context),
    reports(context),
    incidentFiles(context),
  ]);
  return [
    ...others,
    ...incidents,
    ...(await evidenceFiles(context, chains)),
    ...chains.map((chain) => json(fileOfChain(chain.chain), chain)),
  ];
};
