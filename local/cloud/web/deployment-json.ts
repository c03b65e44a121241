import { type Deployment, STATUS } from './deployments.ts';
import { SCM_DOMAIN, type Site } from './site.ts';

const TEXTS: Record<Deployment['status'], string> = {
  [STATUS.pending]: 'Pending',
  [STATUS.deploying]: 'Deploying',
  [STATUS.failed]: 'Failed',
  [STATUS.success]: '',
};

const time = (instant: number | undefined) => (instant === undefined ? null : new Date(instant).toISOString());

/** A deployment as the deployment service shows it (Kudu's DeployResult). */
export const deploymentJson = ({ name }: Pick<Site, 'name'>, deployment: Deployment) => {
  const { id, status, message, receivedAt, endedAt } = deployment;
  const url = `https://${name.toLowerCase()}${SCM_DOMAIN}/api/deployments/${id}`;
  return {
    id,
    status,
    status_text: status === STATUS.failed ? message : TEXTS[status],
    author_email: 'N/A',
    author: 'N/A',
    deployer: 'LegionOneDeploy',
    message,
    progress: '',
    received_time: time(receivedAt),
    start_time: time(receivedAt),
    end_time: time(endedAt),
    complete: endedAt !== undefined,
    active: status === STATUS.success,
    is_temp: false,
    is_readonly: true,
    url,
    log_url: `${url}/log`,
    site_name: name,
  };
};
