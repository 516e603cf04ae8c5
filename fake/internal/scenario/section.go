package scenario

import "github.com/fakeattio/fakeattio/fake/internal/yamltree"

// section is one key of a workspace, and everything that this package does with it.
type section struct {
	key    string
	check  func(*checker, *item[workspace]) // checks what only the whole file shows; most sections need no such check
	ids    func(*idCollector, *workspace)   // collects the ids that the file gives
	build  steps                            // adds the section to the state
	export func(*exporter) any              // returns the value of the key; nil and empty values are left out
	why    reasons                          // the reason for each of the last three that is missing
}

type reasons struct{ noIDs, noBuild, noExport string }

// steps says in which phases a section is built, and how.
type steps map[phase]func(*builder)

// phase is a stage of building. All sections finish one phase before any starts the next; within a phase they go in the order
// of the table.
type phase int

const (
	phaseSettings   phase = iota // settings that what follows depends on
	phasePeople                  // members, invites, teams of both, and the tokens that members authorize: they are the authors of everything below
	phaseObjects                 // objects and activities, without attributes and records
	phaseLists                   // lists, whose parents are objects
	phaseAttributes              // attributes, which may refer to any object and to each other
	phaseRecords                 // records, of activities too, listed and made up, but not the references of listed ones
	phaseEntries                 // entries, whose parents are records
	phaseReferences              // references of records and entries, now that all of these exist
	phaseHistory                 // histories, which replace the values that their attributes have so far
	phaseRequired                // a check for required values, which a record, a reference or a history may have supplied
	phaseChanges                 // later changes of records and entries, in the order of time
	phaseThings                  // everything that refers to records and attributes; a section comes after those that it refers to
	phaseNames                   // renamed slugs and nouns: up to here everything goes by its key in the file
	phaseEffects                 // effects and rate limits, which must not act on what is seeded
	phaseEnd
)

// sections is the table of sections. Its order is that of an exported file, in which people come before everything else, as all
// other sections name them. A new section is a field of the type workspace, a row here, and a file.
var sections = []section{
	{key: "origin", export: (*exporter).origin, why: reasons{noIDs: aSetting, noBuild: fromTheStart}},
	{key: "created_at", export: (*exporter).workspaceCreatedAt, why: reasons{noIDs: aSetting, noBuild: fromTheStart}},
	{key: "name", export: (*exporter).workspaceName, why: reasons{noIDs: aSetting, noBuild: fromTheStart}},
	{key: "logo_url", build: steps{phaseSettings: (*builder).setLogo}, export: (*exporter).logo, why: reasons{noIDs: aSetting}},
	{key: "plan", build: steps{phaseSettings: (*builder).setPlan}, export: (*exporter).plan, why: reasons{noIDs: aSetting}},
	{key: "exceeds_plan", build: steps{phaseLists: (*builder).exceedPlan}, export: (*exporter).exceedsPlan, why: reasons{noIDs: aSetting}},
	{key: "limits", build: steps{phaseEffects: (*builder).setLimits}, export: (*exporter).limits, why: reasons{noIDs: aSetting}},
	{key: "effects", build: steps{phaseEffects: (*builder).setEffects}, export: (*exporter).effects, why: reasons{noIDs: aSetting}},

	{key: "members", check: (*checker).members, ids: (*idCollector).members, build: steps{phasePeople: (*builder).addMembers}, export: (*exporter).members},
	{key: "verified_domains", build: steps{phaseSettings: (*builder).verifyDomains}, export: (*exporter).verifiedDomains, why: reasons{noIDs: aSetting}},
	{key: "invites", check: (*checker).invites, ids: (*idCollector).invites, build: steps{phasePeople: (*builder).addInvites}, export: (*exporter).invites},
	{key: "teams", ids: (*idCollector).teams, build: steps{phasePeople: (*builder).addTeams}, export: (*exporter).teams},
	{key: "tokens", check: (*checker).tokens, ids: (*idCollector).tokens, build: steps{phasePeople: (*builder).addTokens}, export: (*exporter).tokens},

	{key: "objects", ids: (*idCollector).objects, export: (*exporter).objects, build: steps{
		phaseObjects: (*builder).addObjects, phaseRecords: (*builder).addRecords,
		// The rest is done for objects, lists and activities together, as they refer to each other.
		phaseAttributes: (*builder).addAttributes,
		phaseReferences: (*builder).addReferences,
		phaseHistory:    (*builder).addHistory,
		phaseRequired:   (*builder).checkRequired,
		phaseChanges:    (*builder).addChanges,
		phaseThings:     (*builder).addViews,
		phaseNames:      (*builder).finishKinds,
	}},
	{key: "generate", build: steps{phaseRecords: (*builder).generate}, why: reasons{
		noIDs: "the ids of made-up records derive from their keys", noExport: "made-up records are exported like all others"}},
	{key: "lists", ids: (*idCollector).lists, export: (*exporter).lists, build: steps{
		phaseLists: (*builder).addLists, phaseEntries: (*builder).addEntries,
	}},
	{key: "activities", ids: (*idCollector).activities, export: (*exporter).activities, build: steps{
		phaseObjects: (*builder).addActivities, phaseRecords: (*builder).addActivityRecords,
	}},

	{key: "meetings", ids: (*idCollector).meetings, build: steps{phaseThings: (*builder).addMeetings}, export: (*exporter).meetings},
	{key: "call_recordings", ids: (*idCollector).callRecordings, build: steps{phaseThings: (*builder).addCallRecordings}, export: (*exporter).callRecordings},
	{key: "emails", ids: (*idCollector).emails, build: steps{phaseThings: (*builder).addEmails}, export: (*exporter).emails},
	{key: "protected_recipients", build: steps{phaseSettings: (*builder).protectRecipients}, export: (*exporter).protectedRecipients, why: reasons{noIDs: anAddress}},
	{key: "notes", ids: (*idCollector).notes, build: steps{phaseThings: (*builder).addNotes}, export: (*exporter).notes},
	{key: "tasks", ids: (*idCollector).tasks, build: steps{phaseThings: (*builder).addTasks}, export: (*exporter).tasks},
	{key: "files", ids: (*idCollector).files, build: steps{phaseThings: (*builder).addFiles}, export: (*exporter).files},
	{key: "threads", ids: (*idCollector).threads, build: steps{phaseThings: (*builder).addThreads}, export: (*exporter).threads},
	{key: "unsubscribed", build: steps{phaseThings: (*builder).addUnsubscribed}, export: (*exporter).unsubscribed, why: reasons{noIDs: anAddress}},
	{key: "webhooks", ids: (*idCollector).webhooks, build: steps{phaseThings: (*builder).addWebhooks}, export: (*exporter).webhooks},
	{key: "faults", export: (*exporter).faultRules, why: reasons{
		noIDs: "the id of a rule is its path", noBuild: "rules belong to the server; faultsOf makes them once all workspaces are known"}},
}

// Reasons that several rows share.
const (
	aSetting     = "a setting has no id"
	anAddress    = "an address has no id"
	fromTheStart = "the state starts with it; see newState"
)

// buildSections builds a workspace, phase by phase. It continues after a problem, so that all of them are reported. Unless a
// step says otherwise it writes at the default time, as the default author.
func (b *builder) buildSections() {
	for p := range phaseEnd {
		for _, s := range sections {
			if build, ok := s.build[p]; ok {
				b.write(b.created, b.author)
				build(b)
			}
		}
	}
}

// workspace writes a workspace. Keys come first, as sections refer to each other by them.
func (e *exporter) workspace() *yamltree.Mapping {
	e.nameKinds()
	e.nameRecords()
	m := &yamltree.Mapping{Block: true}
	for _, s := range sections {
		if s.export != nil {
			m.PutAll(s.key, s.export(e))
		}
	}
	return m
}
