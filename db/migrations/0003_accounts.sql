create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null check (length(email) <= 254),
  name text not null,
  affiliation text not null,
  position text not null,
  orcid text,
  reason text not null,
  terms_version text not null,
  terms_accepted_at timestamptz not null default now(),
  password_hash text not null,
  state text not null default 'unverified' check (state in ('unverified', 'pending', 'approved', 'rejected', 'suspended')),
  role text not null default 'researcher' check (role in ('researcher', 'approver', 'admin')),
  theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  verified_at timestamptz,
  decided_at timestamptz,
  decided_by uuid references users,
  decision_reason text,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz
);

create unique index users_email on users (lower(email));
create index users_by_state on users (state, created_at);

create table sessions (
  id uuid primary key default gen_random_uuid(),
  -- SHA-256 of the cookie's value: a stolen dump opens no session.
  token_hash bytea not null unique,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ip text,
  user_agent text
);

create index sessions_by_user on sessions (user_id);

create table tokens (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('verify', 'reset')),
  user_id uuid not null references users on delete cascade,
  email text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);

create index tokens_by_user on tokens (user_id, purpose);

-- Theoretical arrival times of the rate limiter; a crash may forget them.
create unlogged table rate_limits (
  key text primary key,
  arrival timestamptz not null
);

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id uuid,
  actor text,
  ip text,
  action text not null,
  target text,
  outcome text not null default 'ok',
  detail jsonb not null default '{}',
  request_id text
);

create index audit_log_by_time on audit_log (at desc);
create index audit_log_by_target on audit_log (target, at desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% only grows: % is refused', tg_table_name, tg_op;
end $$;

-- Rows older than the year they are kept may go; nothing else may.
create trigger audit_log_only_grows before update or delete on audit_log
  for each row when (old.at > now() - interval '365 days') execute function refuse_change();

-- What would have been sent, shown at /dev/mail while there is no SMTP server.
create table dev_mails (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  recipient text not null,
  subject text not null,
  text text not null,
  html text not null
);
