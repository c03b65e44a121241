import type { Coverage } from '../../posture/coverage.ts';
import type { PostureLine } from '../../posture/lines.ts';
import { type PosturePart, tallyOf } from '../../posture/report.ts';
import type { Json } from '../../remediation/model/canonical.ts';
import type { Guardian } from '../guardian.ts';

const LINES_A_PART = 10_000;

/** The JSON form for storage, without undefined values. */
export const asDocument = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Stores the lines of a report in parts that fit one HTTP answer. An unchanged part is the same document. */
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

/** Earlier versions kept reports as evidence. Throws where the document is gone: the next report makes a new one. */
export const fetchDocument = async ({ store }: Pick<Guardian, 'store'>, hash: string): Promise<unknown> => {
  const value = (await store.postureDocuments.get(hash)) ?? (await store.evidence.get(hash));
  if (value === undefined) throw new Error(`the document ${hash} is gone; the next report is made anew`);
  return value;
};
