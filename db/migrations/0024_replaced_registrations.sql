-- An address that nobody has confirmed may be registered again, by anybody: whoever confirms it must then know the password.
alter table users add column replaced_another boolean not null default false;

update users set replaced_another = true
where state = 'unverified' and 1 < (
  select count(*) from audit_log where target = 'user:' || users.id and action = 'register' and outcome = 'ok');
