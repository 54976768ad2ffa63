import { setTimeout as delay } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';
import type { Fault } from './release';

const SLOWNESS_MS = 1500;

/** What a health gate asks. These stay good under `errors` and `slow`, which only live traffic shows. */
const ASKED_BY_GATES = new Set(['/api/health', '/api/db-health', '/api/version']);

/** Misbehaves as the fault says. `crash` is not here: such a version ends before it listens. */
export function misbehave(fault: Fault) {
  let requests = 0;
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const gate = ASKED_BY_GATES.has(request.path);
    if (fault === 'health' && gate && request.path !== '/api/version') {
      response.status(503).json({ status: 'unhealthy', reason: 'this version was built with the fault "health"' });
      return;
    }
    // Every second one, not a random one: a watch sees the same share each time.
    if (fault === 'errors' && !gate && ++requests % 2 === 0) {
      response.status(500).json({ error: 'this version was built with the fault "errors"' });
      return;
    }
    if (fault === 'slow' && !gate) await delay(SLOWNESS_MS);
    next();
  };
}
