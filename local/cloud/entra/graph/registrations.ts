import { draw, guid } from '../../draw.ts';
import { type Application, type ApplicationBody, emptyApplication, written } from './application.ts';
import { checkApplication } from './application-rules.ts';

export type AppRoleAssignment = {
  id: string;
  appRoleId: string;
  principalId: string;
  principalDisplayName: string;
  principalType: 'User' | 'ServicePrincipal' | 'Group';
  resourceId: string;
  resourceDisplayName: string;
  createdDateTime: string;
};

/** Applications that were registered through Graph, their owners, and the assignments of their roles. */
export type Registrations = {
  all(): Application[];
  /** By object id or by application id. */
  find(id: string): Application | undefined;
  create(body: ApplicationBody, uniqueName: string | null, owner: string | undefined): Application;
  update(application: Application, body: ApplicationBody): Application;
  remove(id: string): void;
  owners(id: string): string[];
  addOwner(id: string, owner: string): void;
  /** Whether its service principal, by object id, lets in only principals with a role. */
  assignmentRequired: Map<string, boolean>;
  assignments(): AppRoleAssignment[];
  assign(assignment: Omit<AppRoleAssignment, 'id' | 'createdDateTime'>): AppRoleAssignment;
  unassign(id: string): void;
};

export const createRegistrations = (now: () => number, tenantId: string): Registrations => {
  let applications: Application[] = [];
  let assignments: AppRoleAssignment[] = [];
  const owners = new Map<string, string[]>();
  let births = 0;
  const time = () => new Date(now()).toISOString();
  const others = ({ id }: Application) => applications.filter((one) => one.id !== id);
  const keep = (application: Application): Application => {
    applications = [...others(application), application];
    return application;
  };
  return {
    all: () => applications,
    find: (id) => applications.find((one) => [one.id, one.appId].includes(id.toLowerCase())),
    create: (body, uniqueName, owner) => {
      births += 1;
      const ids = { id: guid('application', tenantId, births), appId: guid('client', tenantId, births) };
      const empty = emptyApplication({ ...ids, uniqueName, createdDateTime: time() });
      const made = written(empty, body);
      checkApplication(made, empty, applications, tenantId);
      if (owner) owners.set(made.id, [owner]);
      return keep(made);
    },
    update: (application, body) => {
      const after = written(application, body);
      checkApplication(after, application, others(application), tenantId);
      return keep(after);
    },
    remove: (id) => {
      applications = applications.filter((one) => one.id !== id);
    },
    owners: (id) => owners.get(id) ?? [],
    addOwner: (id, owner) => {
      owners.set(id, [...(owners.get(id) ?? []), owner]);
    },
    assignmentRequired: new Map(),
    assignments: () => assignments,
    assign: (assignment) => {
      // Graph's own ids of assignments are not GUIDs but opaque texts.
      const id = Buffer.from(guid('assignment', draw(assignment.principalId, assignment.appRoleId))).toString(
        'base64url',
      );
      const made = { ...assignment, id, createdDateTime: time() };
      assignments = [...assignments, made];
      return made;
    },
    unassign: (id) => {
      assignments = assignments.filter((one) => one.id !== id);
    },
  };
};
