import type { PosturePart, PostureReport } from '../posture/report.ts';
import { type DoorAnswer, type DoorRequest, refusal } from './door.ts';

const ENOUGH = 5_000;

type Asked =
  | { readonly kind: 'part'; readonly part: number }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

/** `?part=`: where the page begins; the first part where it is left out. */
export const partAsked = ({ query }: DoorRequest, { parts }: PostureReport): Asked => {
  const text = query.get('part') ?? '0';
  const part = Number(text);
  if (/^\d{1,6}$/.test(text) && part < parts.length) return { kind: 'part', part };
  const message = `There is no part ${text}: the report has ${parts.length}, and the first is 0. Follow nextLink.`;
  return { kind: 'refused', answer: refusal(400, 'BadRequest', message) };
};

/** Whole parts until there is enough for one answer. `next`: the first part that is not among them. */
export const readParts = async <Value>(
  { parts }: PostureReport,
  first: number,
  read: (part: PosturePart) => Promise<readonly Value[]>,
): Promise<{ readonly values: readonly Value[]; readonly next: number | undefined }> => {
  const values: Value[] = [];
  let at = first;
  for (const part of parts.slice(first)) {
    if (values.length >= ENOUGH) return { values, next: at };
    values.push(...(await read(part)));
    at += 1;
  }
  return { values, next: undefined };
};

export const nextLink = (path: string, { query }: DoorRequest, next: number | undefined): string | undefined => {
  if (next === undefined) return undefined;
  const same = new URLSearchParams(query);
  same.delete('code');
  same.set('part', String(next));
  return `${path}?${same}`;
};
