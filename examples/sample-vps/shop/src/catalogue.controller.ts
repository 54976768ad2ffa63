import { BadRequestException, Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { Database } from './database';

const PAGE = 20;
const LARGEST_PAGE = 100;

/** Read-only. */
@Controller('api')
export class CatalogueController {
  constructor(private readonly database: Database) {}

  @Get('categories')
  categories() {
    return this.database.category.findMany({
      orderBy: { id: 'asc' },
      select: { id: true, parentId: true, name: true, _count: { select: { courses: true } } },
    });
  }

  @Get('courses')
  courses(@Query('limit') limit?: string, @Query('after') after?: string) {
    return this.database.course.findMany({
      where: { id: { gt: whole('after', after, 0, 2 ** 31 - 1) } },
      orderBy: { id: 'asc' },
      take: whole('limit', limit, PAGE, LARGEST_PAGE),
      select: { id: true, slug: true, title: true, level: true, price: true, publishedAt: true },
    });
  }

  @Get('courses/:slug')
  async course(@Param('slug') slug: string) {
    const course = await this.database.course.findUnique({ where: { slug }, include: { category: true } });
    if (!course) throw new NotFoundException(`no course "${slug}"`);
    return course;
  }
}

function whole(name: string, text: string | undefined, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new BadRequestException(`${name} must be a whole number from 0 to ${most}`);
  }
  return value;
}
