import type { FastifyPluginAsync } from 'fastify';

/** Practice time: everything of the simulator that waits or expires reads this clock, in ms. */
export interface SimClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `action` once after `ms` of practice time, unless disposed before. */
  after(ms: number, action: () => void): { dispose(): void };
}

/** Answers a control command; what it throws as an `Error` becomes `{"error": message}`. */
export type ControlHandler = (params: Record<string, unknown>) => unknown;

/**
 * One practised system: its routes, its commands at `/control`, and its end.
 *
 * The plugin is registered in a context of its own, so body parsers, hooks and error handlers that
 * it adds stay its own. `@fastify/websocket` is already registered for every room.
 */
export interface PracticeRoom {
  plugin: FastifyPluginAsync;
  control: Record<string /* command name */, { about: string; run: ControlHandler }>;
  close(): Promise<void>;
}
