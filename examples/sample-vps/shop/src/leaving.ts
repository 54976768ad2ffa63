import type { Server } from 'node:http';
import type { NextFunction, Request, Response } from 'express';

/** How a server leaves: nobody new is let in, whoever is in is served to the end, then it is empty. */
export class Leaving {
  private begun = false;

  /** A kept-alive connection would bring the next request to a server that is going: its last answer says so. */
  readonly middleware = (_request: Request, response: Response, next: NextFunction): void => {
    if (this.begun) response.setHeader('Connection', 'close');
    // Those that came in before it began end after it: Node writes the headers only then.
    const { writeHead } = response;
    response.writeHead = ((...words: Parameters<typeof writeHead>) => {
      if (this.begun && !response.headersSent) response.setHeader('Connection', 'close');
      return writeHead.apply(response, words);
    }) as typeof writeHead;
    next();
  };

  /** @returns whether everything ended within the grace; else what was left has been cut off */
  async empty(server: Server, webSockets: { closeAll(): void; terminateAll(): void }, graceMs: number): Promise<boolean> {
    this.begun = true;
    const closed = new Promise<true>((resolve) => server.close(() => resolve(true)));
    webSockets.closeAll();
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), graceMs)));
    const inTime = await Promise.race([closed, expired]);
    clearTimeout(timer);
    webSockets.terminateAll();
    server.closeAllConnections();
    return inTime;
  }
}
