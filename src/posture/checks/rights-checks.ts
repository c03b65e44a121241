import type { Checks } from '../check.ts';
import type { ProductFacts } from '../facts.ts';
import { holds, type Judgement, judged } from '../judgement.ts';

/** Judges all rights of the product: its roles, and the permissions that it needs from access policies. */
const onRights =
  (judge: (rights: readonly string[]) => Judgement) =>
  ({ rights, keyPermissions }: ProductFacts): Judgement =>
    judged(
      rights,
      (held) => judge([...held, ...keyPermissions]),
      () => judge(keyPermissions),
    );

const noneLike = (what: string, pattern: RegExp) =>
  onRights((rights) => {
    const found = rights.filter((one) => pattern.test(one));
    return holds(found.length === 0, found.length === 0 ? `no ${what}` : `${what}: ${found.join(', ')}`);
  });

const noUse = noneLike('right to use or export a key', /decrypt|encrypt\/|\bsign|verify|release|export|wrap|backup/i);

const noDataKeys = noneLike('right to a data key', /wrap|encrypt\/|decrypt/i);

const dutiesApart = noneLike(
  'right to delete, to purge or to read data',
  /\/delete(\/|$)|purge|secrets|certificates|^\*|\/\*/i,
);

const recoversOnly = onRights((rights) => {
  const [purging, recovering] = [/purge/i, /recover/i].map((pattern) => rights.filter((one) => pattern.test(one)));
  return holds(
    (recovering ?? []).length > 0 && (purging ?? []).length === 0,
    `recover: ${recovering?.join(', ') || 'nothing'}; purge: ${purging?.join(', ') || 'nothing'}`,
  );
});

export const RIGHTS_CHECKS = {
  keysNeverUsed: { judge: noUse, page: 'productOutOfSight' },
  dutiesApart: { judge: dutiesApart, page: 'productOutOfSight' },
  dataKeysUntouched: { judge: noDataKeys, page: 'productOutOfSight' },
  recoversNeverPurges: { judge: recoversOnly, page: 'productOutOfSight' },
} as const satisfies Checks<ProductFacts>;
