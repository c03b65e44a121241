import { type BootedCloud, bootCloud } from '../../local/boot-cloud.ts';

/** An empty local cloud, and somebody who owns a subscription of it. */
export type Deployable = Pick<BootedCloud, 'clock' | 'cloud' | 'close'> & {
  /** Says a verb of the control surface; rejects where it is refused. */
  say<Answer>(verb: string, input?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Of the process that deploys. */
  readonly environment: Readonly<Record<string, string>>;
  readonly subscription: string;
};

const sayTo =
  (control: string): Deployable['say'] =>
  async (verb, input = {}) => {
    const answer = await fetch(`${control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${verb}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };

/** @param log what the cloud says aloud: what it does not play, and what its sites write */
export const bootDeployable = async (log: (line: string) => void): Promise<Deployable> => {
  const { clock, cloud, close } = await bootCloud({ now: new Date(), world: 'undeployed', log });
  const say = sayTo(cloud.control);
  const { environment } = await say<{ environment: Record<string, string> }>('repair/create-deployer', {
    name: 'pipeline',
  });
  return {
    ...{ clock, cloud, close, say },
    subscription: environment['ARM_SUBSCRIPTION_ID'] ?? '',
    environment: {
      ...environment,
      HTTPS_PROXY: `http://127.0.0.1:${cloud.port}`,
      NO_PROXY: '127.0.0.1,localhost',
      SSL_CERT_FILE: cloud.caFile,
    },
  };
};
