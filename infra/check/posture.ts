import { askApp, orderOfApp } from './asking.ts';
import type { Deployable } from './deployable.ts';
import { MINUTE } from './stories.ts';

type Line = { readonly row?: string; readonly check: string; readonly verdict: string; readonly evidence: string };
type Report = { readonly startedAt?: string; readonly isComplete?: boolean; readonly lines: readonly Line[] };

/** The rows of the acceptance table that no template can fulfil, with the reason. */
const BEYOND_TEMPLATES: Readonly<Record<string, string>> = {
  'S1.24': 'only the cluster itself tells who may enter it, and the product has no access to it',
  'S1.25': 'a storage class is applied inside the cluster, from the output storage_class',
  'S1.26': 'a storage class is applied inside the cluster, from the output storage_class',
  'S2.11': 'the host asks for rights on its own storage by which blobs and rows can be deleted',
  'S2.19': 'the product does not read who wraps and unwraps in the audit log',
  'S2.20': 'Azure shows no tenant of a server whose identity is user-assigned',
  'S2.42': 'that a copy of the key is in escrow its owner attests by a tag, once it is',
  'S2.43': 'a key is backed up by a person, who may read it',
};

const reportSince = async (place: Deployable, since: number): Promise<Report> => {
  for (let passed = 0; passed < 15; passed += 1) {
    const report = (await askApp(place, 'posture')) as Report;
    if (report.isComplete && Date.parse(report.startedAt ?? '') >= since) return report;
    await place.clock.advance(MINUTE);
  }
  throw new Error('the product makes no posture report');
};

const opened = async (place: Deployable): Promise<{ readonly open: readonly Line[]; readonly passed: number }> => {
  const since = place.clock.now();
  await orderOfApp(place, 'posture');
  const { lines } = await reportSince(place, since);
  const open = lines.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown');
  return { open, passed: lines.filter(({ verdict }) => verdict === 'pass').length };
};

const isSettable = ({ row = '' }: Line): boolean => BEYOND_TEMPLATES[row] === undefined;

/** A replica begins without access to its key: the product gives it access within some minutes. */
const whenMended = async (place: Deployable): ReturnType<typeof opened> => {
  for (let passed = 0; passed < 6; passed += 1) {
    const report = await opened(place);
    if (!report.open.some(isSettable)) return report;
    await place.clock.advance(5 * MINUTE);
  }
  return opened(place);
};

/**
 * Every row of the product's own report over the deployed examples passes, except those that no template can fulfil: these must
 * be as the table says.
 */
export const posturePasses = async (place: Deployable): Promise<void> => {
  console.log('the posture report over the deployed examples');
  const { open, passed } = await whenMended(place);
  const left = open.filter(isSettable).map((one) => `\n  ${JSON.stringify(one)}`);
  if (left.length > 0) throw new Error(`rows that a template can set do not pass:${left.join('')}`);
  const passing = Object.keys(BEYOND_TEMPLATES).filter((id) => open.every(({ row }) => row !== id));
  if (passing.length > 0) throw new Error(`rows that no template could set pass: ${passing.join(', ')}`);
  console.log(`  ${passed} lines pass; what no template can set:`);
  for (const [row, why] of Object.entries(BEYOND_TEMPLATES)) console.log(`  ${row}: ${why}`);
};
