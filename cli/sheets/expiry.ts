import type { ListExpiry200 } from '../../client/api.ts';
import { type Sheet, table, tableOf, text } from '../sheet/sheet.ts';
import { counted } from '../words/counted.ts';
import { nameAt } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { about, day } from '../words/times.ts';

type Expiry = ListExpiry200['value'][number];

const usersOf = ({ consumers, moreConsumers = 0 }: Expiry): string =>
  [...consumers.map(({ name }) => name), ...(moreConsumers > 0 ? [`${moreConsumers} more`] : [])].join(', ');

/** Expiries that need a person: a step is held back, or there is no step. */
const isForPerson = ({ outlook }: Expiry): boolean => ['held', 'person'].includes(outlook.kind);

/** The versions that expire, and the fate of each without an act of a person. */
export const expirySheet = (answer: ListExpiry200): Sheet => {
  const { value, until, now } = answer;
  const { columns, rows } = tableOf<Expiry>(
    {
      expires: ({ expiresOn }) => about(expiresOn, now),
      on: ({ expiresOn }) => day(expiresOn),
      key: ({ key }) => nameAt(key),
      version: ({ version }) => version.slice(0, 8),
      'used by': usersOf,
      'what happens': ({ outlook }) => plain(outlook.sentence),
    },
    value,
  );
  const last = day(until);
  const head =
    value.length === 0
      ? `No key version in use expires until ${last}.`
      : `${counted(value.length, 'key version')} in use ${value.length === 1 ? 'expires' : 'expire'} until ${last}.`;
  return {
    isWell: !value.some(isForPerson),
    answer,
    blocks: [text(head), ...(value.length > 0 ? [text(''), table(columns, rows)] : [])],
    records: tableOf<Expiry>(
      {
        expiresOn: ({ expiresOn }) => expiresOn,
        daysLeft: ({ daysLeft }) => daysLeft,
        key: ({ key }) => key,
        version: ({ version }) => version,
        vault: ({ vault }) => vault,
        enabled: ({ enabled }) => enabled,
        consumers: usersOf,
        outlook: ({ outlook }) => outlook.kind,
        sentence: ({ outlook }) => outlook.sentence,
      },
      value,
    ),
  };
};
