create table api_tokens (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of the token: a stolen dump opens nothing.
  token_hash bytea not null unique,
  user_id uuid not null references users on delete cascade,
  name text not null check (length(name) between 1 and 60),
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz
);

create index api_tokens_by_user on api_tokens (user_id, created_at);
