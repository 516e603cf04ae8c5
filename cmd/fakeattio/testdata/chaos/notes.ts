// Writes a note for each call of the day. A request without an answer is sent again.
const { ATTIO_BASE_URL, ATTIO_API_KEY } = process.env;

async function attio(method, path, data) {
  const body = data && JSON.stringify({ data });
  const headers = { authorization: `Bearer ${ATTIO_API_KEY}`, "content-type": "application/json" };
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(ATTIO_BASE_URL + path, { method, headers, body, signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw Object.assign(new Error(`Attio answered ${response.status}`), { final: true });
      return (await response.json()).data;
    } catch (error) {
      if (error.final || attempt === 3) throw error;
    }
  }
}

const [company] = await attio("POST", "/v2/objects/companies/records/query", undefined);
for (const title of ["Call at nine", "Call at ten"]) {
  await attio("POST", "/v2/notes", {
    parent_object: "companies", parent_record_id: company.id.record_id, title, format: "plaintext", content: "Went well.",
  });
}
