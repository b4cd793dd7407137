import { buildSchema } from 'graphql';

/** What can be asked about whoever may call. Names and values are those of the REST resources. */
export const USER_SCHEMA = buildSchema(`
  enum UserKind { key person }

  "Whoever may call: a machine with an API key, or a person who comes with tokens."
  type User {
    client_id: ID!
    kind: UserKind!
    name: String!
    "Of a person: who signs their tokens."
    issuer: String
    "Of a person: how the issuer names them."
    subject: String
    api_key_hint: String
    scopes: [String!]!
    status: String!
    "RFC 3339, as all times."
    expires_at: String
    created_at: String!
    last_used_at: String
    last_used_ip: String
    tenant: Tenant
    "Those of its tenant that are among its scopes."
    roles: [Role!]!
  }
  type UserPage { items: [User!]! total: Int! page: Int! size: Int! }
  type Role { tenant_id: ID! name: String! description: String scopes: [String!]! updated_at: String! }
  type Tenant { tenant_id: ID! name: String! status: String! created_at: String! }

  type Query {
    "The latest first; size at most 200."
    users(tenant_id: ID, kind: UserKind, page: Int = 1, size: Int = 20): UserPage!
    user(client_id: ID!): User
    roles(tenant_id: ID!): [Role!]!
    tenant(tenant_id: ID!): Tenant
  }
`);
