import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { GetOverrides200 } from '../../../client/api.ts';
import { readOverrides } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { useWho } from '../../api/who.tsx';
import { keyLabel } from '../../model/names.ts';
import { Shown } from '../../parts/shown.tsx';
import { exactly, When } from '../../parts/when.tsx';
import { LiftSheet } from '../../sheets/lift.tsx';
import type { Override } from '../../sheets/override.tsx';
import { may } from '../../sign-in/signed-in.ts';
import { useWords } from '../../words/words-context.tsx';

type Standing = {
  readonly override: Override;
  readonly target?: string;
  readonly by: string;
  readonly why: string;
  readonly until?: string;
};

const standingIn = ({ pauses, doNotHeal }: GetOverrides200): readonly Standing[] => [
  ...pauses.map(({ scope, ...rest }) => ({
    override: 'pause' as const,
    ...(scope !== undefined && { target: scope }),
    ...rest,
  })),
  ...doNotHeal.map((one) => ({ override: 'doNotHeal' as const, ...one })),
];

type Props = { readonly one: Standing; readonly onDone: () => void };

/** The button that opens the sheet in which an approver lifts the override; nothing for a person who may not lift it. */
const Lift = ({ one: { override, target }, onDone }: Props) => {
  const { say } = useWords();
  const who = useWho();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {may(who, 'Approver') && (
        <div>
          <Button size="small" onClick={() => setOpen(true)}>
            {say('trust.lift')}
          </Button>
        </div>
      )}
      {isOpen && (
        <LiftSheet
          override={override}
          target={target}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onDone();
          }}
        />
      )}
    </>
  );
};

const OverrideOf = ({ one, onDone }: Props) => {
  const { say, language } = useWords();
  const { override, target, by, why, until } = one;
  const what = target === undefined ? say('sheet.scope.all') : keyLabel(target);
  return (
    <li className="write">
      <p className="strong" title={target}>
        {say(override === 'pause' ? 'trust.paused' : 'trust.forbidden', { what })}
      </p>
      <p>{say('trust.overrideBy', { by, why })}</p>
      <p className="quiet">
        {until === undefined ? (
          say('trust.noEnd')
        ) : (
          <>
            {say('trust.until', { when: exactly(until, language) })} (<When at={until} />)
          </>
        )}
      </p>
      <Lift one={one} onDone={onDone} />
    </li>
  );
};

/** Pauses and do-not-heal records: the person, the reason, and the end of each. */
export const Overrides = () => {
  const { say } = useWords();
  const overrides = useRead(readOverrides, 60);
  return (
    <section className="part">
      <h2 className="heading">{say('trust.overrides')}</h2>
      <Shown loaded={overrides} rows={1} height={60}>
        {(value) => {
          const all = standingIn(value);
          if (all.length === 0) return <p className="quiet">{say('trust.noOverrides')}</p>;
          return (
            <ol className="writes">
              {all.slice(0, 100).map((one) => (
                <OverrideOf
                  key={`${one.override}${one.target}${one.by}${one.why}`}
                  one={one}
                  onDone={overrides.again}
                />
              ))}
            </ol>
          );
        }}
      </Shown>
    </section>
  );
};
