import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { APP_ROLES } from '../../local/cloud/worlds/product.ts';
import { ROLES } from '../../src/surface.ts';

type AppRole = { readonly id: string; readonly value: string; readonly allowedMemberTypes: readonly string[] };

const roles = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '..', '..', 'infra', 'app-roles.json'), 'utf8'),
) as readonly AppRole[];

describe('The app roles of the registration', () => {
  it('are those that the doors ask people for, and that of action groups', () => {
    expect(roles.map(({ value }) => value)).toEqual([...ROLES, 'ActionGroupsSecureWebhook']);
    expect(new Set(roles.map(({ id }) => id)).size).toBe(roles.length);
  });

  it('are each had by somebody in every world of the local cloud, who has no other', () => {
    expect(APP_ROLES).toEqual([...ROLES]);
  });

  it('are for people, whom an application cannot stand for', () => {
    for (const { value, allowedMemberTypes } of roles)
      expect([value, allowedMemberTypes]).toEqual([value, [value.startsWith('ActionGroups') ? 'Application' : 'User']]);
  });
});
