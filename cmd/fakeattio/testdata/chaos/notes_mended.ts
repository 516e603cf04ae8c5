// Writes a note for each call of the day, unless it is there already. What fails is left to the next run.
const { ATTIO_BASE_URL, ATTIO_API_KEY } = process.env;

async function attio(method, path, data) {
  const body = data && JSON.stringify({ data });
  const headers = { authorization: `Bearer ${ATTIO_API_KEY}`, "content-type": "application/json" };
  const response = await fetch(ATTIO_BASE_URL + path, { method, headers, body, signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`Attio answered ${response.status}`);
  return (await response.json()).data;
}

const [company] = await attio("POST", "/v2/objects/companies/records/query", undefined);
const query = new URLSearchParams({ parent_object: "companies", parent_record_id: company.id.record_id, limit: "50" });
const written = await attio("GET", `/v2/notes?${query}`);
for (const title of ["Call at nine", "Call at ten"]) {
  if (written.some((note) => note.title === title)) continue;
  await attio("POST", "/v2/notes", {
    parent_object: "companies", parent_record_id: company.id.record_id, title, format: "plaintext", content: "Went well.",
  });
}
