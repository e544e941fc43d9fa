import type { ApiToken } from "../db/api_tokens.ts";
import { Code, keepToken } from "./code.tsx";
import { DataTable } from "./data_table.tsx";
import { Field, type FieldErrors, SubmitButton } from "./form.tsx";
import { Ago, When } from "./values.tsx";

/** Days after which a new token may end. */
export interface TokenDays {
  choices: readonly number[];
  proposed: number;
}

/** The tokens of an account, each can be revoked; and the form that makes one. Errors are those of `token-name` and `token-days`. */
export function ApiTokens(
  { tokens, days, values = {}, errors }: {
    tokens: ApiToken[];
    days: TokenDays;
    values?: Record<string, string>;
    errors: FieldErrors;
  },
) {
  return (
    <section id="tokens">
      <h2>API tokens</h2>
      <p>
        A token lets a program read what you may read, without your password.
        {" "}
        <a href="/api">How programs use it</a>
      </p>
      {tokens.length > 0 && <TokenTable tokens={tokens} />}
      <form method="post" action="/account/tokens" novalidate>
        <div class="split">
          <Field
            name="name"
            id="token-name"
            label="Name of the new token"
            hint="What it is for, such as the machine it is used on."
            autocomplete="off"
            maxlength={60}
            value={values.name}
            error={errors["token-name"]}
          />
          <Field
            name="days"
            id="token-days"
            label="Ends after"
            hint="A program is then refused until it has a new one."
            options={days.choices.map((n) => ({
              value: `${n}`,
              label: `${n} days`,
            }))}
            value={values.days ?? `${days.proposed}`}
            error={errors["token-days"]}
          />
        </div>
        <SubmitButton>Make a token</SubmitButton>
      </form>
    </section>
  );
}

function TokenTable({ tokens }: { tokens: ApiToken[] }) {
  return (
    <DataTable
      label="API tokens"
      heads={[
        { label: "Name" },
        { label: "Made" },
        { label: "Last used" },
        { label: "Ends" },
        { label: <span class="visually-hidden">Action</span> },
      ]}
    >
      {tokens.map((token) => <TokenRow token={token} />)}
    </DataTable>
  );
}

function TokenRow({ token }: { token: ApiToken }) {
  const { id, name, created_at, last_used_at, expires_at } = token;
  return (
    <tr id={`token-${id}`}>
      <th scope="row">{name}</th>
      <td>
        <When at={created_at} />
      </td>
      <td>{last_used_at ? <Ago at={last_used_at} /> : "never"}</td>
      <td>
        <When at={expires_at} />
      </td>
      <td>
        <form
          method="post"
          action={`/account/tokens/${id}/revocation`}
          class="inline"
        >
          <SubmitButton kind="link">
            Revoke <span class="visually-hidden">the token {name}</span>
          </SubmitButton>
        </form>
      </td>
    </tr>
  );
}

/** A token that was just made: the only time that it is shown. `origin` is the site's public address. */
export function NewTokenPage(
  { token, name, days, origin }: {
    token: string;
    name: string;
    days: number;
    origin: string;
  },
) {
  return (
    <section>
      <h1>Your new token</h1>
      <p class="note" role="status">
        Copy it now: it is shown only this once, and nobody can look it up
        later.
      </p>
      <Code id="new-token" text={token} />
      <p>
        The token <em>{name}</em> works for {days}{" "}
        days, or until you revoke it, change your password, or your account is
        suspended. Who has it reads what you may read: keep it out of scripts
        that others see.
      </p>
      <p>
        In a shell, keep it in a file that only you can read, and try it:
      </p>
      <Code id="new-token-curl" text={firstCall(origin, token)} />
      <p>
        <a href="/api">What the API offers</a> ·{" "}
        <a href="/account#tokens">Back to your account</a>
      </p>
    </section>
  );
}

function firstCall(origin: string, token: string): string {
  return `${keepToken(token)}
curl --fail --header @"$HOME/.mgkdb_token" \\
  "${origin}/api/v1/runs?kind=linear&size=25"`;
}
