import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client';

/** The role app_ro admits 10, and two versions run side by side while one replaces the other. */
const CONNECTIONS = 4;

@Injectable()
export class Database extends PrismaClient implements OnApplicationShutdown {
  constructor() {
    const url = process.env.DATABASE_URL;
    if (!url) throw new Error('DATABASE_URL is not set');
    super({
      adapter: new PrismaPg({
        connectionString: url,
        max: CONNECTIONS,
        connectionTimeoutMillis: 3000,
        query_timeout: 5000,
        application_name: 'shop',
      }),
    });
  }

  /**
   * The first query compiles WebAssembly and connects, which takes longer than a hundred later ones; so it is not a visitor's.
   * A database that does not answer is no reason not to start: /api/db-health tells.
   */
  async warmUp(): Promise<void> {
    await this.course.findFirst({ select: { id: true } }).catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
  }
}
