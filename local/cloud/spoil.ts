/**
 * The parts of an answer that a fault spoils: with `of`, only in the resources whose id ends so; else in the whole answer. Paths
 * are dotted.
 */
export type Spoiling = {
  readonly of?: string;
  readonly put?: Readonly<Record<string, unknown>>;
  readonly leaveOut?: readonly string[];
};

type Parts = Record<string, unknown>;

const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

/** The object that holds the last part of the path, where there is one. */
const holderOf = (whole: Parts, path: readonly string[]): Parts | undefined => {
  let at: unknown = whole;
  for (const part of path.slice(0, -1)) at = isParts(at) ? at[part] : undefined;
  return isParts(at) ? at : undefined;
};

const spoilOne = (whole: Parts, { put = {}, leaveOut = [] }: Spoiling): void => {
  const changes = [...Object.entries(put), ...leaveOut.map((path) => [path, undefined] as const)];
  for (const [path, value] of changes) {
    const parts = path.split('.');
    const holder = holderOf(whole, parts);
    // A part that is `undefined` is not written in JSON.
    if (holder) holder[parts.at(-1) ?? ''] = value;
  }
};

const within = (value: unknown): readonly Parts[] =>
  isParts(value) ? [value, ...Object.values(value).flatMap(within)] : [];

const endsSo = ({ id }: Parts, end: string): boolean =>
  typeof id === 'string' && id.toLowerCase().endsWith(end.toLowerCase());

/** The same answer with these parts replaced or left out. A part that is absent stays absent. */
export const spoil = (body: unknown, spoiling: Spoiling): unknown => {
  if (body === undefined) return undefined;
  // The answer as it is sent: two resources may share an object in memory, and must not share it in the answer.
  const spoilt: unknown = JSON.parse(JSON.stringify(body));
  const { of } = spoiling;
  for (const one of of === undefined ? [spoilt] : within(spoilt).filter((each) => endsSo(each, of)))
    if (isParts(one)) spoilOne(one, spoiling);
  return spoilt;
};
