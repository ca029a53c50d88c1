import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { RawData } from 'ws';
import type { Assumptions } from '../assumptions';
import { internalError, rateExceeded } from '../errors/apiProblem';
import type { Session } from '../oauth/sessions';
import type { SocketTokens } from '../oauth/socketTokens';
import type { SimClock } from '../seam';
import {
  errorFrame,
  messageIdOf,
  readFrame,
  requestId,
  writeFrame,
  type ClientFrame,
  type ServerSocket,
} from './frames';
import { Liveness, TIMEOUTS } from './liveness';
import { answerClientRequest, problemFrame, SESSION_HEADER } from './restOverSocket';
import { CONTEXT_TOKEN, RECOVERY, SocketSession } from './socketSession';

export const GATEWAY_PATH = '/ws';

const MOST_ACTIVE_REQUESTS = 10;
const MOST_CONNECTIONS = 50;

export interface GatewayParts {
  readonly clock: SimClock;
  readonly tokens: SocketTokens;
  readonly assumptions: Assumptions;
  readonly dropSubscription: (id: string) => void;
  readonly log: (line: string) => void;
}

interface Recovery {
  readonly session: SocketSession;
  /** Absent when the client asked for no recovery. */
  readonly state?: 'Successful' | 'Failed';
  readonly errorCode?: string;
}

/** The WebSocket gateway (RingCentral developer guide, WebSockets). */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #sockets = new Set<ServerSocket>();
  /** Sessions with a socket, and those that may still get theirs back, by their own id. */
  readonly #sessions = new Map<string, SocketSession>();

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  readonly plugin: FastifyPluginCallback = (server, _options, done) => {
    server.get(GATEWAY_PATH, { websocket: true }, (socket, request) =>
      this.#connect(server, socket, request.query as Record<string, unknown>),
    );
    done();
  };

  get openSockets(): number {
    return this.#sockets.size;
  }

  sessionOf(request: FastifyRequest): SocketSession | undefined {
    return this.#sessions.get(String(request.headers[SESSION_HEADER]));
  }

  /** Cuts every connection without a word, as a network does; sessions can be recovered. */
  dropSockets(): number {
    const open = [...this.#sockets];
    for (const socket of open) socket.terminate();
    return open.length;
  }

  #connect(server: FastifyInstance, socket: ServerSocket, query: Record<string, unknown>): void {
    const { tokens, assumptions } = this.#parts;
    // The 'close' event follows every error and does what is to be done.
    socket.on('error', () => undefined);
    const token = query.access_token;
    if (typeof token !== 'string' || token === '') {
      socket.close(assumptions.missingSocketTokenClose, 'access_token is missing');
      return;
    }
    const oauth = tokens.redeem(token);
    if (!oauth) {
      this.#refuse(socket, assumptions.badSocketTokenCode, 'Invalid or expired access token');
      return;
    }
    const wsc = query.wsc;
    if (wsc !== undefined && !(typeof wsc === 'string' && CONTEXT_TOKEN.test(wsc))) {
      this.#refuse(socket, 'WSG-400', 'Malformed WebSocket session context token');
      return;
    }
    this.#serve(server, socket, this.#recover(oauth, wsc));
  }

  #refuse(socket: ServerSocket, code: string, message: string): void {
    socket.send(errorFrame(code, message));
    socket.close(this.#parts.assumptions.badSocketTokenClose);
  }

  #recover(oauth: Session, wsc: string | undefined): Recovery {
    const { assumptions, dropSubscription } = this.#parts;
    const fresh = (): SocketSession => {
      const session = new SocketSession(oauth, dropSubscription);
      this.#sessions.set(session.id, session);
      return session;
    };
    if (wsc === undefined) return { session: fresh() };
    const found = [...this.#sessions.values()].find(({ context }) => context.token === wsc);
    if (found && found.oauth !== oauth) {
      const errorCode = assumptions.recoveryOtherSessionCode;
      return { session: fresh(), state: 'Failed', errorCode };
    }
    if (found?.subscriptionId === undefined) {
      const errorCode = assumptions.recoveryWithoutSubscriptionCode;
      return { session: fresh(), state: 'Failed', errorCode };
    }
    found.advance();
    return { session: found, state: 'Successful' };
  }

  #serve(server: FastifyInstance, socket: ServerSocket, recovery: Recovery): void {
    const { session } = recovery;
    const { clock, assumptions } = this.#parts;
    session.attach(socket);
    this.#sockets.add(socket);
    const liveness = new Liveness(socket, clock, assumptions.socketPingSeconds);
    session.onSent = () => liveness.touch();
    socket.once('close', () => this.#lost(socket, session));

    socket.send(this.#connectionDetails(recovery));
    for (const frame of session.takeMissed()) socket.send(frame);

    let active = 0;
    socket.on('message', (data, isBinary) => {
      liveness.touch();
      const frame = isBinary ? undefined : readFrame(textOf(data));
      const messageId = messageIdOf(frame);
      if (frame?.meta.type === 'Heartbeat') {
        socket.send(writeFrame({ type: 'Heartbeat', messageId }));
      } else if (frame?.meta.type !== 'ClientRequest') {
        socket.send(errorFrame(assumptions.badFrameCode, 'Malformed request', messageId));
      } else if (active >= MOST_ACTIVE_REQUESTS) {
        socket.send(problemFrame(messageId, rateExceeded({})));
      } else {
        active += 1;
        void this.#answer(server, session, frame).then((answer) => {
          active -= 1;
          if (socket.readyState === socket.OPEN) socket.send(answer);
        });
      }
    });
  }

  async #answer(
    server: FastifyInstance,
    session: SocketSession,
    frame: ClientFrame,
  ): Promise<string> {
    try {
      return await answerClientRequest(server, session, frame);
    } catch (error) {
      this.#parts.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return problemFrame(messageIdOf(frame), internalError());
    }
  }

  #connectionDetails({ session, state, errorCode }: Recovery): string {
    const headers = requestId();
    return writeFrame(
      {
        type: 'ConnectionDetails',
        messageId: headers.RCRequestId,
        status: 200,
        wsc: session.context,
        headers,
      },
      {
        creationTime: new Date(this.#parts.clock.now()).toISOString(),
        maxConnectionsPerSession: MOST_CONNECTIONS,
        recoveryBufferSize: RECOVERY.bufferSize,
        recoveryTimeout: RECOVERY.timeoutSeconds,
        idleTimeout: TIMEOUTS.idle,
        absoluteTimeout: TIMEOUTS.absolute,
        maxActiveRequests: MOST_ACTIVE_REQUESTS,
        ...(state !== undefined && { recoveryState: state }),
        ...(errorCode !== undefined && { recoveryErrorCode: errorCode }),
      },
    );
  }

  /** Keeps the session for its client to come back, if there is something to come back to. */
  #lost(socket: ServerSocket, session: SocketSession): void {
    this.#sockets.delete(socket);
    if (session.socket !== socket) return;
    const forget = (): void => {
      if (session.socket !== socket) return;
      this.#sessions.delete(session.id);
      session.end();
    };
    if (session.subscriptionId === undefined) forget();
    else this.#parts.clock.after(RECOVERY.timeoutSeconds * 1000, forget);
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as Buffer).toString('utf8');
}
