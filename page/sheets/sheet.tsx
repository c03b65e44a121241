import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useFocusBack } from '../parts/use-focus-back.ts';
import { useWords } from '../words/words-context.tsx';

/**
 * A question before an act: the effect of the act, and one button with the act as its label. The focus stays in the sheet and
 * returns afterwards.
 */
export const Sheet = (props: {
  readonly title: string;
  readonly act: string;
  readonly isReady: boolean;
  readonly onAct: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) => {
  const { title, act, isReady, onAct, onClose, children } = props;
  const { say } = useWords();
  useFocusBack();
  return (
    <OverlayDrawer
      open
      position="end"
      size="medium"
      className="sheet"
      onOpenChange={(_event, { open }) => open || onClose()}
    >
      <DrawerHeader>
        <DrawerHeaderTitle>{title}</DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody className="sheet-body">{children}</DrawerBody>
      <DrawerFooter className="sheet-foot">
        <Button appearance="primary" disabled={!isReady} onClick={onAct}>
          {act}
        </Button>
        <Button onClick={onClose}>{say('act.cancel')}</Button>
      </DrawerFooter>
    </OverlayDrawer>
  );
};
