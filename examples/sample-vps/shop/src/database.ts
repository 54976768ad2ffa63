import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client';

/** Fewer than the role's own limit (40), since two versions run side by side while one replaces the other. */
const CONNECTIONS = 10;

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

  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
  }
}
