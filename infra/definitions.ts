/**
 * Reads the definitions in the files beside this one. Bundled commands are in the same folder, so that the paths are right there
 * too: no other module of infra/ reads files.
 */
import { readFileSync } from 'node:fs';

const textOf = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');

export type AppRole = {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly allowedMemberTypes: readonly string[];
  readonly isEnabled: boolean;
};

export const readAppRoles = (): readonly AppRole[] => JSON.parse(textOf('app-roles.json'));

export type Permissions = { readonly actions: readonly string[]; readonly dataActions: readonly string[] };

/** The permissions of a part of the product's role; `part` as in the name of its file. */
export const readRolePart = (part: string): Permissions =>
  JSON.parse(textOf(`custom-role-${part}.json`)).permissions[0];

/** The condition on the part that gives access, for the principal that gets the part. */
export const readCondition = (principalId: string): string =>
  textOf('role-assignment-condition.txt').replaceAll('<principal id>', principalId);
