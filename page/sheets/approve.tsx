import { Field, Input, Textarea } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { approvePlan } from '../../client/api.ts';
import { useRead } from '../api/use-read.ts';
import { useWho } from '../api/who.tsx';
import { labelOf } from '../model/acts.ts';
import type { Line } from '../model/line.ts';
import { keyLabel } from '../model/names.ts';
import { Shown } from '../parts/shown.tsx';
import { useWords } from '../words/words-context.tsx';
import { readAsked } from './read-asked.ts';
import { RefusedNote } from './refused.tsx';
import { Sheet } from './sheet.tsx';
import { useAct } from './use-act.ts';
import { Writes } from './writes.tsx';

type Said = { readonly ticket: string; readonly comment: string };

/** Fields that the person left empty are not sent. */
const bodyOf = (said: Said): Partial<Said> =>
  Object.fromEntries(Object.entries(said).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])));

const Saying = ({ said, onSay }: { readonly said: Said; readonly onSay: (said: Said) => void }) => {
  const { say } = useWords();
  const optional = (label: string): string => `${label} (${say('sheet.optional')})`;
  return (
    <>
      <Field label={optional(say('sheet.ticket'))}>
        <Input
          value={said.ticket}
          maxLength={100}
          onChange={(_event, { value }) => onSay({ ...said, ticket: value })}
        />
      </Field>
      <Field label={optional(say('sheet.comment'))} hint={say('sheet.why.hint')}>
        <Textarea
          value={said.comment}
          maxLength={1_000}
          onChange={(_event, { value }) => onSay({ ...said, comment: value })}
        />
      </Field>
    </>
  );
};

type Props = {
  readonly line: Line;
  readonly planId: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** The sheet that approves a plan: it names each write with its target, and has one button that says so. */
export const ApproveSheet = ({ line, planId, onClose, onDone }: Props) => {
  const { say } = useWords();
  const { guardian } = useWho();
  const asked = useRead(useMemo(() => readAsked(planId, line.key), [planId, line.key]));
  const [said, setSaid] = useState<Said>({ ticket: '', comment: '' });
  const { error, isActing, act } = useAct(onDone);
  const steps = asked.value?.plan.steps ?? [];
  return (
    <Sheet
      title={say('sheet.approve.title', { name: line.consumer?.name ?? keyLabel(line.key) })}
      act={steps.length > 0 ? labelOf(say, steps) : say('sheet.loadingPlan')}
      isReady={steps.length > 0 && !isActing}
      onAct={() => act(() => approvePlan(planId, bodyOf(said), { guardian }))}
      onClose={onClose}
    >
      <Shown loaded={asked} rows={2} height={120}>
        {({ plan, dry }) => <Writes steps={plan.steps} dry={dry} />}
      </Shown>
      <Saying said={said} onSay={setSaid} />
      <p className="quiet">{say('sheet.by', { id: planId.slice(0, 8) })}</p>
      <RefusedNote error={error} />
    </Sheet>
  );
};
