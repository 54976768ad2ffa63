import { DynamicModule, Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller';
import { Database } from './database';
import { HealthController } from './health.controller';
import { LiveGateway } from './live.gateway';
import type { Release } from './release';
import { SlowController } from './slow.controller';
import { RELEASE } from './tokens';

@Module({})
export class ShopModule {
  static of(release: Release): DynamicModule {
    return {
      module: ShopModule,
      controllers: [HealthController, CatalogueController, SlowController],
      providers: [{ provide: RELEASE, useValue: release }, Database, LiveGateway],
    };
  }
}
