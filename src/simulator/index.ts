import type { AddressInfo } from 'node:net';
import type { Assumptions } from './assumptions';
import { PracticeClock } from './clock';
import { controlRoute, CONTROL_PATH, gather, type Commands } from './control/control';
import { wholeNumber } from './control/params';
import type { SimulatorDetails } from './details';
import { createEngage } from './engage';
import { welcomeRoute } from './pages/welcome';
import { createRingCentral } from './ringcentral';
import { TEAM_CHAT_ID } from './seeds';
import { buildServer } from './server';

export type { Assumptions } from './assumptions';
export type { SimulatorDetails } from './details';

export interface SimulatorOptions {
  /** 4747 if not given; 0 takes any free port. */
  port?: number;
  /** Where the names RC_APP_CLIENT_ID, RC_BOT_TOKEN … replace the practice values. */
  env?: NodeJS.ProcessEnv;
  /** Told one line for each request and each failed delivery, without secrets. */
  log?: (line: string) => void;
  assumptions?: Partial<Assumptions>;
}

export interface Simulator {
  /** The origin of everything, such as `http://127.0.0.1:4747`. */
  readonly url: string;
  details(): SimulatorDetails;
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4747;
const HOST = '127.0.0.1';
const LONGEST_WARP_SECONDS = 10 * 366 * 86_400;

/**
 * Starts the practice platform on this machine.
 *
 * A port that is taken rejects with Node's error, its code `EADDRINUSE` kept.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { env = {}, log = () => undefined, assumptions } = options;
  const clock = new PracticeClock();
  const startedAt = clock.now();
  let url = '';
  const ringcentral = createRingCentral({
    clock,
    env,
    log,
    origin: () => url,
    ...(assumptions && { assumptions }),
  });
  const engage = createEngage({ clock, env, log, practiceChat: TEAM_CHAT_ID });
  const server = await buildServer(log);

  const details = (): SimulatorDetails => ({
    ...ringcentral.details(),
    engage: engage.details(url),
    control: `${url}${CONTROL_PATH}`,
  });
  const own: Commands = {
    details: { about: 'Addresses, credentials and ids to practise with.', run: details },
    status: {
      about: 'What is going on.',
      run: () => ({
        url,
        time: new Date(clock.now()).toISOString(),
        upSeconds: Math.round((clock.now() - startedAt) / 1000),
        ...ringcentral.status(),
      }),
    },
    warp: {
      about: 'Moves practice time forward; what falls due meanwhile happens. {seconds}',
      run: (params) => {
        const bounds = { least: 1, most: LONGEST_WARP_SECONDS, usual: 60 };
        clock.warp(wholeNumber(params, 'seconds', bounds) * 1000);
        return { time: new Date(clock.now()).toISOString() };
      },
    },
    help: {
      about: 'This list.',
      run: () => Object.entries(commands).map(([command, { about }]) => ({ command, about })),
    },
  };
  const commands = gather(own, ringcentral.control, engage.control);

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      await Promise.allSettled([ringcentral.close(), engage.close()]);
      await server.close();
      clock.dispose();
    })());

  try {
    await server.register(ringcentral.plugin);
    await server.register(engage.plugin);
    await server.register(controlRoute(commands));
    await server.register(welcomeRoute(details));
    await server.listen({ host: HOST, port: options.port ?? DEFAULT_PORT });
  } catch (error) {
    await close();
    throw error;
  }
  url = `http://${HOST}:${(server.server.address() as AddressInfo).port}`;
  return { url, details, close };
}
