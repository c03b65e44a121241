/** Apps that several quick attacks share, so that each costs no start of its own. */
import type { AppPlan } from '../builders/open-app.ts';
import { PEOPLE } from '../builders/people.ts';
import { victims } from './world.ts';

/** The app is woken by events, and heals within its rights; people approve. Every attack on it has one of these vaults. */
export const LISTENING: AppPlan = {
  world: victims('kv-claimed', 'kv-approved', 'kv-granting'),
  wake: 'event',
  settings: { ...PEOPLE },
};

/**
 * The app is woken by sweeps, and recovers keys and gives access back without asking: a forged row that it believes would have an
 * effect. Every attack by a writer of the product's tables has one of these vaults.
 */
export const KEEPING: AppPlan = {
  world: victims(
    'kv-baseline',
    'kv-approval',
    'kv-plan',
    'kv-gone',
    'kv-cut',
    'kv-changed',
    'kv-copied',
    'kv-acting',
    'kv-hung',
    'kv-attempt',
    'kv-rejected',
  ),
  wake: 'sweep',
  settings: {
    ...PEOPLE,
    GUARDIAN_AUTO_REVERSE: 'recoverKey@*,grantKeyAccess@*',
    GUARDIAN_FUSE_ROOT_CAUSES: '99',
  },
};

const GONE = { name: 'gone', generation: 'single', vault: 'kv-tagged', key: 'cmk' } as const;
const ORDERED_WORLD = victims('kv-lifted', 'kv-spelt', 'kv-tagged', 'kv-chosen', 'kv-operations', 'kv-pool');

/**
 * The app is woken by sweeps, and reverses everything without asking: only an override, or a step that always asks, holds it
 * back.
 */
export const ORDERED: AppPlan = {
  world: { ...ORDERED_WORLD, servers: [...(ORDERED_WORLD.servers ?? []), GONE] },
  wake: 'sweep',
  settings: { ...PEOPLE, GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_FUSE_ROOT_CAUSES: '99' },
};

/** Nobody approves, and the setting with the reversals that need no approval is empty. */
export const EMPTIED: AppPlan = {
  world: victims('kv-mastered', 'kv-emptied'),
  wake: 'sweep',
  settings: { GUARDIAN_AUTO_REVERSE: '' },
};

/** The app is woken by sweeps, under default settings; people approve. Every attack on its sight has one of these vaults. */
export const BLINDED: AppPlan = {
  world: victims('kv-hidden', 'kv-grouped', 'kv-unread'),
  wake: 'sweep',
  settings: { ...PEOPLE },
};

/**
 * The app is woken by sweeps, under default settings but for the fuse; people approve. Every flood and every obstacle has one of
 * these vaults.
 */
export const BOUNDED: AppPlan = {
  world: victims('kv-crowded', 'kv-churned', 'kv-vanished', 'kv-denied', 'kv-late', 'kv-restored', 'kv-printed'),
  wake: 'sweep',
  settings: { ...PEOPLE, GUARDIAN_FUSE_ROOT_CAUSES: '99' },
};
