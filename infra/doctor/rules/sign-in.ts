import { known } from '../facts.ts';
import { appOptions, limits, type Rule, stops } from '../finding.ts';

const PAIRS = [
  ['GUARDIAN_APPROVER_TENANT', 'GUARDIAN_APPROVER_AUDIENCE', 'nobody can sign in'],
  ['GUARDIAN_ALERT_TENANT', 'GUARDIAN_ALERT_AUDIENCE', 'no alert is heard'],
] as const;

const tenantIsOurs: Rule = (facts) => {
  const [settings, tenantId] = [known(facts.settings), known(facts.tenantId)];
  if (!settings || !tenantId) return [];
  return PAIRS.filter(([name]) => settings[name] && settings[name].toLowerCase() !== tenantId.toLowerCase()).map(
    ([name, , what]) =>
      stops(
        `${name} is ${settings[name]}, and the subscription is of the tenant ${tenantId}: where the registration is in that tenant, ${what}.`,
        `az functionapp config appsettings set ${appOptions(facts)} --settings ${name}=${tenantId}`,
      ),
  );
};

/** A token of version 2 is for the client id; one of version 1 for the URI that was asked for. */
const audienceFits: Rule = (facts) => {
  const [settings, registration] = [known(facts.settings), known(facts.registration)];
  if (!settings || !registration) return [];
  const { appId, tokenVersion } = registration;
  const audience = tokenVersion === 2 ? appId : `api://${appId}`;
  return PAIRS.filter(([, name]) => settings[name] && settings[name].toLowerCase() !== audience.toLowerCase()).map(
    ([, name, what]) =>
      stops(
        `${name} is ${settings[name]}, and tokens for the registration ${appId} are issued for ${audience}: ${what}.`,
        `az functionapp config appsettings set ${appOptions(facts)} --settings ${name}=${audience}`,
      ),
  );
};

const registrationExists: Rule = ({ settings, registration }) => {
  const audience = known(settings)?.['GUARDIAN_APPROVER_AUDIENCE'];
  if (!audience || registration.kind !== 'absent') return [];
  return [
    stops(
      `GUARDIAN_APPROVER_AUDIENCE is ${audience}, and this tenant has no app registration of that id: nobody can sign in. node infra/entra.ts makes one.`,
    ),
  ];
};

const rolesAreThere: Rule = ({ registration }) => {
  const roles = known(registration)?.roles;
  if (!roles) return [];
  const missing = ['Reader', 'Requester', 'Operator', 'Approver', 'ActionGroupsSecureWebhook'].filter(
    (one) => !roles.includes(one),
  );
  if (missing.length === 0) return [];
  return [limits(`The app registration lacks the roles ${missing.join(', ')}. node infra/entra.ts makes them.`)];
};

export const SIGN_IN_RULES: readonly Rule[] = [tenantIsOurs, registrationExists, audienceFits, rolesAreThere];
