// The code under test: put your own client in its place. All it needs is a base URL and a token that can be set.

export class Attio {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
  ) {}

  createCompany(name: string) {
    return this.send("POST", "/v2/objects/companies/records", { data: { values: { name } } })
  }

  async companyNames(): Promise<string[]> {
    const { data } = await this.send("POST", "/v2/objects/companies/records/query", { sorts: [{ attribute: "name", direction: "asc" }] })
    return data.map((company: any) => company.values.name[0]?.value)
  }

  // Answers with the secret that signs the events.
  async subscribe(targetUrl: string, eventType: string): Promise<string> {
    const subscriptions = [{ event_type: eventType, filter: null }]
    const { data } = await this.send("POST", "/v2/webhooks", { data: { target_url: targetUrl, subscriptions } })
    return data.secret
  }

  private async send(method: string, path: string, body: unknown): Promise<any> {
    for (;;) {
      const response = await fetch(this.baseUrl + path, {
        method,
        headers: { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" },
        body: JSON.stringify(body),
      })
      if (response.status === 429) {
        // Retry-After is a date by the server's clock, which the header Date has.
        const wait = Date.parse(response.headers.get("retry-after")!) - Date.parse(response.headers.get("date")!)
        await new Promise((resolve) => setTimeout(resolve, Math.max(wait, 100)))
        continue
      }
      const answer = await response.json()
      if (!response.ok) throw new Error(answer.message)
      return answer
    }
  }
}
