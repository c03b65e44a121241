import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { LETTER_OF } from '../model/keys.ts';
import { VIEWS } from '../model/route.ts';
import { useFocusBack } from '../parts/use-focus-back.ts';
import type { WordKey } from '../words/table.ts';
import { useWords } from '../words/words-context.tsx';

const OTHERS: readonly (readonly [string, WordKey])[] = [
  ['j k', 'keys.move'],
  ['Enter', 'keys.open'],
  ['a', 'keys.approve'],
  ['/', 'keys.search'],
  ['?', 'keys.help'],
];

/** The sheet that lists the keys of the keyboard. */
export const KeysSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const { say } = useWords();
  useFocusBack();
  const rows = [
    ...VIEWS.map((view) => [`g ${LETTER_OF[view]}`, say('keys.go', { view: say(`view.${view}`) })] as const),
    ...OTHERS.map(([keys, word]) => [keys, say(word)] as const),
  ];
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('keys.title')}</DialogTitle>
          <DialogContent>
            <dl className="keys">
              {rows.map(([keys, does]) => (
                <div key={keys}>
                  <dt>
                    <kbd>{keys}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{say('act.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
};
