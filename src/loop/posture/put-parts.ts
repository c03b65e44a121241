import type { Coverage } from '../../posture/coverage.ts';
import type { PostureLine } from '../../posture/lines.ts';
import { type PosturePart, tallyOf } from '../../posture/report.ts';
import type { Json } from '../../remediation/model/canonical.ts';
import type { Guardian } from '../guardian.ts';

const LINES_A_PART = 10_000;

/** As it is stored: without what is undefined. */
export const asDocument = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Keeps lines of a report in parts that can be answered at once. An unchanged part is the same document. */
export const putParts = async (
  { store: { postureDocuments: documents } }: Guardian,
  lines: readonly PostureLine[],
  coverage: readonly Coverage[],
): Promise<readonly PosturePart[]> => {
  const parts: PosturePart[] = [];
  for (let at = 0; at < Math.max(lines.length, 1); at += LINES_A_PART) {
    const some = lines.slice(at, at + LINES_A_PART);
    parts.push({
      lines: await documents.put(asDocument(some)),
      coverage: await documents.put(asDocument(at === 0 ? coverage : [])),
      tally: await documents.put(asDocument(tallyOf(some))),
    });
  }
  return parts;
};

/** Reports of former versions are among the evidence. Throws where it is gone: the next report is made anew. */
export const fetchDocument = async ({ store }: Pick<Guardian, 'store'>, hash: string): Promise<unknown> => {
  const value = (await store.postureDocuments.get(hash)) ?? (await store.evidence.get(hash));
  if (value === undefined) throw new Error(`the document ${hash} is gone; the next report is made anew`);
  return value;
};
