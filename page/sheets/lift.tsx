import { useState } from 'react';
import { allowHealing, resume } from '../../client/api.ts';
import { useWho } from '../api/who.tsx';
import { useWords } from '../words/words-context.tsx';
import { HeldBack } from './held-back.tsx';
import type { Override } from './override.tsx';
import { RefusedNote } from './refused.tsx';
import { Sheet } from './sheet.tsx';
import { useAct } from './use-act.ts';
import { WhyField } from './why-field.tsx';

type Props = {
  readonly override: Override;
  /** Undefined for a pause of everything. */
  readonly target?: string | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** The sheet that lifts an override, with a reason. */
export const LiftSheet = ({ override, target, onClose, onDone }: Props) => {
  const { say } = useWords();
  const { guardian } = useWho();
  const [why, setWhy] = useState('');
  const { error, isActing, act } = useAct(onDone);
  const lift = (): Promise<unknown> =>
    override === 'pause'
      ? resume(undefined, { why, ...(target !== undefined && { scope: target }) }, { guardian })
      : allowHealing({ target: target ?? '', why }, undefined, { guardian });
  return (
    <Sheet
      title={say('sheet.lift.title')}
      act={say('sheet.lift.act')}
      isReady={why.trim() !== '' && !isActing}
      onAct={() => act(lift)}
      onClose={onClose}
    >
      <p>{say('sheet.lift.does')}</p>
      {target !== undefined && <p className="address">{target}</p>}
      <HeldBack target={target} word="sheet.mayFollow" />
      <WhyField why={why} onWhy={setWhy} />
      <RefusedNote error={error} />
    </Sheet>
  );
};
