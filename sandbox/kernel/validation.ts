import type { FastifyRequest } from 'fastify'
import { endpointSchemas } from '../schemas/load.ts'
import { ApiFailure, type ApiRoute } from './types.ts'

type Schema = Record<string, unknown>

/** A huge body may have a problem in each of its parts. */
const mostNamed = 50

interface Problem {
  instancePath: string
  params?: Record<string, unknown>
  message?: string
}

/**
 * Checks query and body against the endpoint's generated schema and the route's own body schema.
 * Throws HTTP 400 with 99992402 and `field_violations`, as the open platform's gateway does.
 */
export function validateCall(route: ApiRoute, request: FastifyRequest): void {
  const generated = endpointSchemas(`${route.method} ${route.path}`)
  const query = generated?.query
    ? check(request, generated.query, typedQuery(request.query, generated.query))
    : []
  // UNVERIFIED: what the gateway says to a body that is not JSON by its content type.
  if (hasBody(route) && Buffer.isBuffer(request.body) && request.body.length > 0)
    throw new ApiFailure(9499, 'Bad Request')
  const body = request.isMultipart?.() ? undefined : (request.body ?? {})
  const schemas = body !== undefined && hasBody(route) ? [generated?.body, route.body] : []
  const problems = [...query, ...schemas.flatMap((schema) => (schema ? check(request, schema, body) : []))]
  if (problems.length > 0) throw violation(problems)
}

function hasBody(route: ApiRoute): boolean {
  return route.method !== 'GET'
}

function check(request: FastifyRequest, schema: Schema, value: unknown): Problem[] {
  // Fastify keeps the compiled function by the schema object, so each route compiles once, on its first call.
  const validate = request.getValidationFunction(schema) ?? request.compileValidationSchema(schema)
  return validate(value) ? [] : ((validate.errors ?? []) as Problem[])
}

/** Query values arrive as text; numbers, booleans and single-element arrays get the type the schema names. */
function typedQuery(query: unknown, schema: Schema): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>
  return Object.fromEntries(
    Object.entries(query as Record<string, unknown>).map(([key, value]) => [
      key,
      typed(value, properties[key]),
    ]),
  )
}

function typed(value: unknown, schema: Schema | undefined): unknown {
  const type = schema?.type
  if (type === 'array') return Array.isArray(value) ? value : [value]
  if (typeof value !== 'string') return value
  if ((type === 'number' || type === 'integer') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

function violation(problems: Problem[]): ApiFailure {
  return new ApiFailure(99992402, 'field validation failed', {
    error: { field_violations: problems.slice(0, mostNamed).map(describe) },
  })
}

function describe(problem: Problem): { field: string; description: string } {
  const named = problem.params?.missingProperty ?? problem.params?.additionalProperty
  const path = [
    ...problem.instancePath.split('/').filter(Boolean),
    ...(named === undefined ? [] : [String(named)]),
  ]
  return { field: path.join('.'), description: problem.message ?? 'is invalid' }
}
