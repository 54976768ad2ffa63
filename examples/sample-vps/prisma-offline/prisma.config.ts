import pg from 'pg'
import { PrismaPg } from '@prisma/adapter-pg'
import { DriverAdapterError } from '@prisma/driver-adapter-utils'

// Types that the WebAssembly engine cannot read, told as ones that it can: name and "char" as text, name[] as text[].
const parse = (pg as any).Query.prototype.handleRowDescription
;(pg as any).Query.prototype.handleRowDescription = function (message: any) {
  for (const field of message.fields) {
    if (field.dataTypeID === 19 || field.dataTypeID === 18) field.dataTypeID = 25
    if (field.dataTypeID === 1003) field.dataTypeID = 1009
  }
  return parse.call(this, message)
}

export default {
  // What makes 6.19.3 use the engine inside the npm package, through node-postgres.
  experimental: { adapter: true },
  engine: 'js',
  schema: 'prisma/schema.prisma',
  adapter: async () => {
    const url = new URL(process.env.DATABASE_URL!)
    const factory: any = new PrismaPg({
      host: url.searchParams.get('host') ?? url.hostname,
      port: Number(url.port || 5432),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
      application_name: url.searchParams.get('application_name') ?? undefined,
      options: url.searchParams.get('options') ?? undefined,
      max: 1,
    } as any)
    const connect = factory.connect.bind(factory)
    factory.connect = async () => {
      const adapter = await connect()
      // The native engine sends a file as one query; the adapter would cut it at each semicolon.
      adapter.executeScript = async (script: string) => {
        try {
          await adapter.client.query(script)
        } catch (error: any) {
          if (!error.code || !error.severity) throw error
          const { code, severity, message } = error
          throw new DriverAdapterError({ kind: 'postgres', code, severity, message, originalCode: code, originalMessage: message } as any)
        }
      }
      return adapter
    }
    return factory
  },
}
