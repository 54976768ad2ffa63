import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { Database } from './database';
import { RELEASE } from './tokens';
import type { Release } from './release';

@Controller('api')
export class HealthController {
  constructor(
    private readonly database: Database,
    @Inject(RELEASE) private readonly release: Release,
  ) {}

  @Get('health')
  health() {
    return { status: 'ok', version: this.release.version, uptime: Math.round(process.uptime()) };
  }

  /** A table of ours, not `SELECT 1`: an empty or wrong database is no healthy one. */
  @Get('db-health')
  async databaseHealth() {
    const begun = performance.now();
    try {
      const courses = await this.database.course.count();
      return { status: 'ok', courses, ms: Math.round(performance.now() - begun) };
    } catch (error) {
      // Prisma's text may hold the address of the server; which error it is suffices to the outside.
      console.error(error);
      throw new ServiceUnavailableException({ status: 'unhealthy', reason: (error as { code?: string }).code ?? 'no answer' });
    }
  }

  @Get('version')
  version() {
    return { version: this.release.version };
  }
}
