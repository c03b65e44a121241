import type { Call, World } from '../service.ts';
import type { Attempted } from './assignment-condition.ts';
import { authorizationFailed } from './authorize.ts';
import { scopeOf } from './find-role-assignments.ts';
import { ASSIGNMENTS } from './role-assignment-json.ts';

/** Throws where the action is allowed but a condition forbids it for this assignment. */
export const refuseConditioned = ({ rbac }: World, call: Call, tried: Attempted): void => {
  const scope = scopeOf(call);
  if (rbac.mayChange(call.caller.objectId, scope, tried)) return;
  const name = `${scope}/providers/${ASSIGNMENTS}/${call.params['name'] ?? ''}`;
  throw authorizationFailed(call.caller, tried.action, name);
};
