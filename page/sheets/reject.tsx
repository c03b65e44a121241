import { useMemo, useState } from 'react';
import { rejectPlan } from '../../client/api.ts';
import { useRead } from '../api/use-read.ts';
import { useWho } from '../api/who.tsx';
import type { Line } from '../model/line.ts';
import { keyLabel } from '../model/names.ts';
import { Shown } from '../parts/shown.tsx';
import { useWords } from '../words/words-context.tsx';
import { readAsked } from './read-asked.ts';
import { RefusedNote } from './refused.tsx';
import { Sheet } from './sheet.tsx';
import { useAct } from './use-act.ts';
import { WhyField } from './why-field.tsx';
import { Writes } from './writes.tsx';

type Props = {
  readonly line: Line;
  readonly planId: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** The sheet that rejects a plan, with a reason. */
export const RejectSheet = ({ line, planId, onClose, onDone }: Props) => {
  const { say } = useWords();
  const { guardian } = useWho();
  const asked = useRead(useMemo(() => readAsked(planId, line.key), [planId, line.key]));
  const [why, setWhy] = useState('');
  const { error, isActing, act } = useAct(onDone);
  return (
    <Sheet
      title={say('sheet.reject.title', { name: line.consumer?.name ?? keyLabel(line.key) })}
      act={say('sheet.reject.act')}
      isReady={why.trim() !== '' && !isActing}
      onAct={() => act(() => rejectPlan(planId, { why: why.trim() }, { guardian }))}
      onClose={onClose}
    >
      <p>{say('sheet.reject.does')}</p>
      <WhyField why={why} onWhy={setWhy} />
      <Shown loaded={asked} rows={1} height={120}>
        {({ plan, dry }) => <Writes steps={plan.steps} dry={dry} />}
      </Shown>
      <RefusedNote error={error} />
    </Sheet>
  );
};
