import type { Caller } from '../../caller.ts';
import type { Switches } from '../../service.ts';
import type { DirectoryRole } from '../directory-roles.ts';
import type { Entra } from '../entra.ts';
import type { Application } from './application.ts';
import { denied } from './graph-error.ts';

/** The kinds of access to the directory. */
export type Deed = 'read' | 'create' | 'update' | 'createServicePrincipal' | 'assignRole';

/**
 * The permissions of Microsoft Graph that let an application do each: `any` to all applications, `owned` to the applications that
 * it owns.
 */
const PERMISSIONS: Readonly<Record<Deed, { any: readonly string[]; owned?: string }>> = {
  read: {
    any: ['Application.Read.All', 'Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', 'Directory.Read.All'],
  },
  create: { any: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'] },
  update: { any: ['Application.ReadWrite.All'], owned: 'Application.ReadWrite.OwnedBy' },
  createServicePrincipal: { any: ['Application.ReadWrite.All'], owned: 'Application.ReadWrite.OwnedBy' },
  assignRole: { any: ['AppRoleAssignment.ReadWrite.All'] },
};

const ADMINISTRATORS: readonly DirectoryRole[] = [
  'Global Administrator',
  'Application Administrator',
  'Cloud Application Administrator',
];

export type Rights = { entra: Entra; switches: Switches };

const allowsPerson = ({ entra, switches }: Rights, { objectId }: Caller, deed: Deed, application?: Application) => {
  const roles = entra.directoryRoles.of(objectId);
  if (deed === 'read' || roles.some((role) => ADMINISTRATORS.includes(role))) return true;
  if (deed === 'create') return roles.includes('Application Developer') || switches.usersRegister !== 'forbidden';
  const owns = application !== undefined && entra.registrations.owners(application.id).includes(objectId);
  return deed !== 'assignRole' && owns;
};

const allowsApplication = ({ entra }: Rights, { objectId, roles }: Caller, deed: Deed, application?: Application) => {
  const { any, owned } = PERMISSIONS[deed];
  if (any.some((permission) => roles.includes(permission))) return true;
  const owns = application !== undefined && entra.registrations.owners(application.id).includes(objectId);
  return owned !== undefined && roles.includes(owned) && owns;
};

/**
 * Holds a caller to its rights. A person may act by a role in the directory, as an owner, and by the default rights of every
 * person: read, and register applications. @throws GraphError 403
 */
export const demand = (rights: Rights, caller: Caller, deed: Deed, application?: Application): void => {
  const allows = caller.kind === 'User' ? allowsPerson : allowsApplication;
  if (!allows(rights, caller, deed, application)) throw denied();
};
