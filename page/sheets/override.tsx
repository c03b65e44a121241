import { useState } from 'react';
import { forbidHealing, pause } from '../../client/api.ts';
import type { Guardian } from '../../client/send.ts';
import { useWho } from '../api/who.tsx';
import type { Line } from '../model/line.ts';
import { useWords } from '../words/words-context.tsx';
import { HeldBack } from './held-back.tsx';
import { RefusedNote } from './refused.tsx';
import { ScopeField, scopesOfDoNotHeal, scopesOfPause } from './scope-field.tsx';
import { Sheet } from './sheet.tsx';
import { asInstant, UntilField } from './until-field.tsx';
import { useAct } from './use-act.ts';
import { WhyField } from './why-field.tsx';

export type Override = 'pause' | 'doNotHeal';

type Given = { readonly scope: string; readonly why: string; readonly until: string | undefined };

const SEND: Readonly<Record<Override, (given: Given, guardian: Guardian) => Promise<unknown>>> = {
  pause: ({ scope, why, until }, guardian) =>
    pause({ why, ...(scope !== '' && { scope }), ...(until !== undefined && { until }) }, { guardian }),
  doNotHeal: ({ scope, why, until }, guardian) =>
    forbidHealing({ target: scope, why, ...(until !== undefined && { until }) }, { guardian }),
};

type Props = {
  readonly override: Override;
  /** Without a line, the override is about everything. */
  readonly line?: Line | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** The sheet that pauses repairs, or forbids them. Neither writes to Azure. */
export const OverrideSheet = ({ override, line, onClose, onDone }: Props) => {
  const { say } = useWords();
  const { guardian } = useWho();
  const scopes = override === 'doNotHeal' && line ? scopesOfDoNotHeal(say, line) : scopesOfPause(say, line);
  const [scope, setScope] = useState(scopes[0]?.value ?? '');
  const [why, setWhy] = useState('');
  const [until, setUntil] = useState('');
  const { error, isActing, act } = useAct(onDone);
  return (
    <Sheet
      title={say(`sheet.${override}.title`)}
      act={say(`sheet.${override}.act`)}
      isReady={why.trim() !== '' && !isActing}
      onAct={() => act(() => SEND[override]({ scope, why: why.trim(), until: asInstant(until) }, guardian))}
      onClose={onClose}
    >
      <p>{say(`sheet.${override}.does`)}</p>
      <p className="quiet">{say('sheet.writesNothing')}</p>
      <ScopeField scopes={scopes} scope={scope} onScope={setScope} />
      <HeldBack target={scope === '' ? undefined : scope} word="sheet.leftUndone" />
      <WhyField why={why} onWhy={setWhy} />
      <UntilField until={until} onUntil={setUntil} />
      <RefusedNote error={error} />
    </Sheet>
  );
};
