import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { WsAdapter } from '@nestjs/platform-ws';
import { Database } from './database';
import { misbehave } from './faults';
import { Leaving } from './leaving';
import { LiveGateway } from './live.gateway';
import { readRelease } from './release';
import { ShopModule } from './shop.module';

/** Longer than a proxy keeps its idle connections (60 s in nginx), so that never both use one at the same moment. */
const KEEP_ALIVE_MS = 75_000;

async function main(): Promise<void> {
  const release = readRelease(join(__dirname, '..'), process.env);
  if (release.fault === 'crash') throw new Error('this version was built with the fault "crash"');
  const port = number('PORT', '3000');
  const graceMs = number('SHOP_GRACE_SECONDS', '20') * 1000;
  const host = process.env.HOST || '127.0.0.1';

  const app = await NestFactory.create<NestExpressApplication>(ShopModule.of(release), { logger: ['error', 'warn'] });
  const leaving = new Leaving();
  app.disable('x-powered-by').disable('etag');
  app.use(leaving.middleware, misbehave(release.fault));
  app.useWebSocketAdapter(new WsAdapter(app));
  const server = app.getHttpServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;

  const leave = async (signal: NodeJS.Signals) => {
    console.log(`${signal}: finishing what is in flight`);
    const inTime = await leaving.empty(server, app.get(LiveGateway), graceMs);
    await app.close();
    console.log(inTime ? 'ended, nothing was cut off' : `ended, and cut off what took longer than ${graceMs / 1000} s`);
    process.exit(inTime ? 0 : 1);
  };
  process.once('SIGTERM', leave).once('SIGINT', leave);

  await app.get(Database).warmUp();
  await app.listen(port, host);
  console.log(`shop ${release.version} listens on ${host}:${port}`);
}

function number(name: string, otherwise: string): number {
  const value = Number(process.env[name] || otherwise);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`${name}=${process.env[name]} is not a number`);
  return value;
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
