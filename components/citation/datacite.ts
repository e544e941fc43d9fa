import {
  type Citation,
  oneLine,
  PUBLISHER,
  UNKNOWN_CREATOR,
} from "./citation.ts";

/**
 * The metadata of DataCite 4, as JSON. A run has no DOI, so that its address and its MongoDB id are alternate identifiers; publications are
 * what it supplements.
 */
export function dataciteOf(citation: Citation): Record<string, unknown> {
  const { title, creators, uploaded, updated, url, mongoIds, dois, links } =
    citation;
  const related = (type: string) => (identifier: string) => ({
    relatedIdentifier: identifier,
    relatedIdentifierType: type,
    relationType: "IsSupplementTo",
  });
  return {
    schemaVersion: "http://datacite.org/schema/kernel-4",
    types: {
      resourceTypeGeneral: "Dataset",
      resourceType: "Gyrokinetic simulation",
    },
    creators: (creators.length > 0 ? creators : [UNKNOWN_CREATOR]).map((
      name,
    ) => ({ name: oneLine(name) })),
    titles: [{ title: oneLine(title) }],
    publisher: { name: PUBLISHER },
    publicationYear: uploaded === null
      ? "(:unav)"
      : String(uploaded.getUTCFullYear()),
    dates: [
      ...dateOf("Submitted", uploaded),
      ...dateOf("Updated", updated),
    ],
    url,
    alternateIdentifiers: [
      { alternateIdentifier: url, alternateIdentifierType: "URL" },
      ...mongoIds.map((id) => ({
        alternateIdentifier: id,
        alternateIdentifierType: "MongoDB ObjectId",
      })),
    ],
    relatedIdentifiers: [
      ...dois.map(related("DOI")),
      ...links.map(related("URL")),
    ],
    subjects: citation.keywords.map((subject) => ({ subject })),
    language: "en",
  };
}

function dateOf(dateType: string, date: Date | null) {
  return date === null
    ? []
    : [{ date: date.toISOString().slice(0, 10), dateType }];
}
