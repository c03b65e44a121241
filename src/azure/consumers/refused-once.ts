import type { Unreadable } from './consumer-type.ts';

/** The command that mends a refusal, with the words before it; what Azure says itself comes behind the command. */
const FIX = /^(?<head>.*?)\. Fix: (?<fix>.*?)(?<said> \((?:Azure says: )?.*\))?$/s;

/** Lists of one place that one command mends have the same name here. */
const mendOf = ({ id, reason, unavailable, namesNoKey }: Unreadable): string | undefined => {
  const { fix } = FIX.exec(reason)?.groups ?? {};
  return fix === undefined || unavailable || namesNoKey ? undefined : `${id.toLowerCase()} ${fix}`;
};

const others = (count: number): string => (count === 1 ? '1 more list' : `${count} more lists`);

const joined = (first: Unreadable, count: number): Unreadable => ({
  ...first,
  reason: first.reason.replace(
    FIX,
    `$<head>; Azure refuses ${others(count)} there in the same way. Fix: $<fix>$<said>`,
  ),
});

/**
 * The unreadable places, each once where one command mends all that Azure refuses there: the product lists each kind of consumer
 * by itself, and a subscription that leaves would be reported once for each kind.
 */
export const refusedOnce = (all: readonly Unreadable[]): readonly Unreadable[] => {
  const alike = Map.groupBy(all, mendOf);
  return all.flatMap((one) => {
    const mend = mendOf(one);
    const [first, ...more] = mend === undefined ? [one] : (alike.get(mend) ?? [one]);
    if (first !== one) return [];
    return [more.length === 0 ? one : joined(one, more.length)];
  });
};
