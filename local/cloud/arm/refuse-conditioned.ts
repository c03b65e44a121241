import type { Call, World } from '../service.ts';
import type { Attempted } from './assignment-condition.ts';
import { authorizationFailed } from './authorize.ts';
import { scopeOf } from './find-role-assignments.ts';
import { ASSIGNMENTS } from './role-assignment-json.ts';

/** The action is allowed; throws where a condition does not let it be done with this assignment. */
export const refuseConditioned = ({ rbac }: World, call: Call, tried: Attempted): void => {
  const scope = scopeOf(call);
  if (rbac.mayChange(call.caller.objectId, scope, tried)) return;
  const name = `${scope}/providers/${ASSIGNMENTS}/${call.params['name'] ?? ''}`;
  throw authorizationFailed(call.caller, tried.action, name);
};
