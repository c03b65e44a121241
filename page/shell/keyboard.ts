import { useEffect, useRef } from 'react';
import { type Act, actOf } from '../model/keys.ts';
import { goTo } from './use-route.ts';

/** Whether keys belong to a text field or to an open sheet or menu. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [role=dialog], [role=menu], [contenteditable]') !== null;

const rows = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('main [data-row]')];

const rowInFocus = (): HTMLElement | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-row]') ?? undefined;

const move = (by: 1 | -1): void => {
  const all = rows();
  const current = rowInFocus();
  const at = current ? all.indexOf(current) + by : by === 1 ? 0 : all.length - 1;
  const next = all[Math.min(all.length - 1, Math.max(0, at))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
};

/** The button of the row in focus, or of the first row that has such a button. */
const approve = (): void => {
  const within = rowInFocus() ?? document.querySelector('main');
  within?.querySelector<HTMLElement>('[data-approve]')?.click();
};

/** Enter acts on the focused element; on a row only where the row itself has the focus. */
const open = (): void => {
  const row = rowInFocus();
  if (row && document.activeElement === row) row.querySelector<HTMLElement>('[data-open]')?.click();
};

const search = (): void => document.querySelector<HTMLElement>('main input[type=search]')?.focus();

const perform = (act: Act, onHelp: () => void): void => {
  if (act.kind === 'go') goTo({ view: act.view });
  else if (act.kind === 'move') move(act.by);
  else if (act.kind === 'approve') approve();
  else if (act.kind === 'open') open();
  else if (act.kind === 'search') search();
  else onHelp();
};

/** How long the first key of a pair waits for the second. */
const PAIR_MS = 1_500;

/** Adds the keyboard to the page: `g` and a letter goes to a view, `j` and `k` move, `a` approves. */
export const useKeyboard = (onHelp: () => void): void => {
  const before = useRef<{ readonly key: string; readonly at: number }>(undefined);
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const first = before.current && event.timeStamp - before.current.at < PAIR_MS ? before.current.key : undefined;
      before.current = { key: event.key, at: event.timeStamp };
      const act = actOf(event.key, first);
      if (!act) return;
      if (act.kind !== 'open') event.preventDefault();
      perform(act, onHelp);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [onHelp]);
};
