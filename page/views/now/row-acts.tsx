import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useState } from 'react';
import { startReconciliation } from '../../../client/api.ts';
import { useWho } from '../../api/who.tsx';
import type { Line } from '../../model/line.ts';
import { useNotice } from '../../parts/notices.tsx';
import { ApproveSheet } from '../../sheets/approve.tsx';
import { OverrideSheet } from '../../sheets/override.tsx';
import { RejectSheet } from '../../sheets/reject.tsx';
import { may } from '../../sign-in/signed-in.ts';
import { useWords } from '../../words/words-context.tsx';

type Opened = 'approve' | 'reject' | 'pause' | 'doNotHeal';

const OpenedSheet = (props: {
  readonly opened: Opened;
  readonly line: Line;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const { opened, line, onClose, onDone } = props;
  const planId = line.plan?.id ?? '';
  if (opened === 'approve') return <ApproveSheet line={line} planId={planId} onClose={onClose} onDone={onDone} />;
  if (opened === 'reject') return <RejectSheet line={line} planId={planId} onClose={onClose} onDone={onDone} />;
  return <OverrideSheet override={opened} line={line} onClose={onClose} onDone={onDone} />;
};

const Others = ({ line, onOpen }: { readonly line: Line; readonly onOpen: (opened: Opened) => void }) => {
  const { say } = useWords();
  const notice = useNotice();
  const who = useWho();
  const lookAgain = () =>
    startReconciliation({ key: line.key }, {}, { guardian: who.guardian }).then(
      () => notice(say('act.lookedAgain')),
      (error: Error) => notice(error.message),
    );
  return (
    <Menu inline positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" aria-label={say('act.others')} className="more">
          ⋯
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {may(who, 'Requester') && <MenuItem onClick={() => void lookAgain()}>{say('act.lookAgain')}</MenuItem>}
          {may(who, 'Operator') && <MenuItem onClick={() => onOpen('pause')}>{say('act.pause')}</MenuItem>}
          {may(who, 'Operator') && <MenuItem onClick={() => onOpen('doNotHeal')}>{say('act.doNotHeal')}</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};

/** The acts that the signed-in person may do on a row: at most one primary act, and less prominent buttons for the others. */
export const RowActs = ({ line, onDone }: { readonly line: Line; readonly onDone: () => void }) => {
  const { say } = useWords();
  const who = useWho();
  const [opened, setOpened] = useState<Opened>();
  const isAsked = line.nextAction.kind === 'asks' && line.plan !== undefined;
  const close = () => setOpened(undefined);
  return (
    <div className="row-acts">
      {isAsked && may(who, 'Approver') && (
        <>
          <Button appearance="primary" data-approve onClick={() => setOpened('approve')}>
            {say('act.approve')}
          </Button>
          <Button appearance="subtle" onClick={() => setOpened('reject')}>
            {say('act.reject')}
          </Button>
        </>
      )}
      {may(who, 'Requester') && <Others line={line} onOpen={setOpened} />}
      {opened && (
        <OpenedSheet
          opened={opened}
          line={line}
          onClose={close}
          onDone={() => {
            close();
            onDone();
          }}
        />
      )}
    </div>
  );
};
