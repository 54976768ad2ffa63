import { setTimeout as delay } from 'node:timers/promises';
import { BadRequestException, Controller, Get, Query } from '@nestjs/common';

const LONGEST_MS = 10_000;

@Controller('api')
export class SlowController {
  /** Stands for a report or an export: a request that is in flight while versions change. */
  @Get('slow')
  async slow(@Query('ms') asked = '2000') {
    const ms = Number(asked);
    if (!Number.isInteger(ms) || ms < 0 || ms > LONGEST_MS) {
      throw new BadRequestException(`ms must be a whole number from 0 to ${LONGEST_MS}`);
    }
    await delay(ms);
    return { waited: ms };
  }
}
