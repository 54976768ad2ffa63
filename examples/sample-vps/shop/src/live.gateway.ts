import { Inject } from '@nestjs/common';
import { ConnectedSocket, MessageBody, OnGatewayConnection, SubscribeMessage, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import type { Server, WebSocket } from 'ws';
import { RELEASE } from './tokens';
import type { Release } from './release';

const TICK_MS = 1000;
/** "Going away" (RFC 6455, 7.4.1): the client shall connect again, and then reaches the new version. */
const GOING_AWAY = 1001;

/** Sends a tick each second, and answers {"event":"echo","data":…} with the same. */
@WebSocketGateway({ path: '/api/live' })
export class LiveGateway implements OnGatewayConnection {
  @WebSocketServer()
  private readonly server!: Server;

  constructor(@Inject(RELEASE) private readonly release: Release) {}

  handleConnection(client: WebSocket): void {
    let tick = 0;
    const send = () => client.send(JSON.stringify({ event: 'tick', data: { tick: tick++, version: this.release.version } }));
    const timer = setInterval(send, TICK_MS);
    client.on('close', () => clearInterval(timer));
    client.on('error', () => client.terminate());
    send();
  }

  @SubscribeMessage('echo')
  echo(@MessageBody() data: unknown, @ConnectedSocket() _client: WebSocket) {
    return { event: 'echo', data };
  }

  closeAll(): void {
    for (const client of this.server.clients) client.close(GOING_AWAY, 'another version takes over');
  }

  terminateAll(): void {
    for (const client of this.server.clients) client.terminate();
  }
}
