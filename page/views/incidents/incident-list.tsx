import { SearchBox } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { ListIncidents200 } from '../../../client/api.ts';
import { readIncidents } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { keyLabel, keyNameOf } from '../../model/names.ts';
import { hashOf } from '../../model/route.ts';
import { spanOf } from '../../model/span.ts';
import { spanText } from '../../parts/count.tsx';
import { CutOf } from '../../parts/cut.tsx';
import { Paged } from '../../parts/paged.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Sign } from '../../parts/sign.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/words-context.tsx';

type One = ListIncidents200['value'][number];

const Row = ({ one }: { readonly one: One }) => {
  const { say } = useWords();
  const isOpen = one.closedAt === undefined;
  return (
    <tr data-row tabIndex={0}>
      <td>
        <Sign urgency={isOpen ? 'threatened' : 'well'} isNamed={false} />{' '}
        {say(isOpen ? 'incidents.open' : 'incidents.closed')}
      </td>
      <td>
        <a className="strong" href={hashOf({ view: 'incidents', id: one.id })} data-open>
          {keyLabel(one.keyId)}
        </a>
      </td>
      <td>{keyNameOf(one.keyId)?.vault}</td>
      <td data-label={say('incidents.began')}>
        <When at={one.openedAt} />
      </td>
      <td className="numbers" data-label={say('incidents.lasted')}>
        {spanText(say, spanOf(one.minutesOpen * 60))}
      </td>
    </tr>
  );
};

const Table = ({ all }: { readonly all: readonly One[] }) => {
  const { say } = useWords();
  return (
    <Paged items={all}>
      {(shown) => (
        <div className="scroller">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('incidents.state')}</th>
                <th scope="col">{say('incidents.key')}</th>
                <th scope="col">{say('incidents.vault')}</th>
                <th scope="col">{say('incidents.began')}</th>
                <th scope="col">{say('incidents.lasted')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Paged>
  );
};

/** The incidents that the search finds, the newest first. */
const found = (all: readonly One[], search: string): readonly One[] =>
  all.filter(({ keyId }) => keyId.toLowerCase().includes(search.trim().toLowerCase())).toReversed();

export const IncidentList = () => {
  const { say } = useWords();
  const list = useRead(readIncidents, 60);
  const [search, setSearch] = useState('');
  const value = list.value?.value;
  const shown = useMemo(() => found(value ?? [], search), [value, search]);
  return (
    <>
      <h1 className="title">{say('view.incidents')}</h1>
      <Shown loaded={list} rows={6} height={40}>
        {(read) =>
          read.value.length === 0 ? (
            <p className="quiet">{say('incidents.none')}</p>
          ) : (
            <>
              <SearchBox
                className="search"
                aria-label={say('incidents.search')}
                placeholder={say('incidents.search')}
                value={search}
                onChange={(_event, data) => setSearch(data.value)}
              />
              <CutOf list={read} />
              <Table all={shown} />
            </>
          )
        }
      </Shown>
    </>
  );
};
