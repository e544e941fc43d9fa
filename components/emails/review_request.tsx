import { type Email, email } from "./email.tsx";

/** Who asks for an account. */
export interface Applicant {
  name: string;
  email: string;
  affiliation: string;
  position: string;
  orcid: string | null;
  reason: string;
}

/** Asks an admin to decide. Both links lead to the same page, which asks for a log-in and changes nothing before its button is pressed. */
export function reviewRequestEmail(
  { applicant, approve, reject }: {
    applicant: Applicant;
    approve: string;
    reject: string;
  },
): Email {
  const { name, affiliation, position, orcid, reason } = applicant;
  return email(`MGKDB account requested: ${oneLine(name)}`, [
    "A researcher asks for an account and has confirmed the e-mail address.",
    [
      ["Name", name],
      ["E-mail", applicant.email],
      ["Affiliation", affiliation],
      ["Position", position],
      ...(orcid
        ? [["ORCID", `https://orcid.org/${orcid}`] as [string, string]]
        : []),
      ["Reason", reason],
    ],
    { label: "Approve", url: approve },
    { label: "Deny", url: reject },
    "Each link opens the request after you have logged in; you decide there.",
  ]);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
