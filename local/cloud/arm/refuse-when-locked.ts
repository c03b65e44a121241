import type { Route, World } from '../service.ts';
import { AzureError } from './error.ts';
import { LOCKS } from './lock-routes.ts';
import type { Lock } from './locks.ts';
import { normalScope, scopeOf, within } from './scope.ts';

/** A lock holds at its scope and below; a deletion is also refused for a lock on a resource that would be deleted with it. */
const binds = (lock: Lock, scope: string, operation: 'write' | 'delete'): boolean => {
  const [at, target] = [normalScope(lock.scope), normalScope(scope)];
  if (operation === 'write') return lock.level === 'ReadOnly' && within(target, at);
  return within(target, at) || within(at, target);
};

/**
 * Refuses what a lock forbids, in the words of Azure Resource Manager. A ReadOnly lock forbids every POST, even one that
 * only reads (Microsoft Learn, lock resources); role assignments and other extensions count as part of their resource.
 * Locks themselves can always be changed and taken away.
 */
export const refuseWhenLocked = ({ locks, switches }: World, { method, path: template }: Route, path: string): void => {
  if (method === 'GET' || method === 'HEAD' || template.includes(LOCKS)) return;
  const scope = scopeOf(path);
  const operation = method === 'DELETE' ? 'delete' : 'write';
  const binding = locks.all().filter((lock) => binds(lock, scope, operation));
  if (binding.length === 0) return;
  const nameOf = (lock: Lock) =>
    switches.lockedNames === 'locks' ? `${lock.scope}/providers/${LOCKS}/${lock.name}` : lock.scope;
  const scopes = [...new Set(binding.map(nameOf))].join("', '");
  throw new AzureError(
    409,
    'ScopeLocked',
    `The scope '${scope}' cannot perform ${operation} operation because following scope(s) are locked: '${scopes}'. Please remove the lock and try again.`,
  );
};
