package fake

import (
	"crypto/x509"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/fakeattio/fakeattio/fake/internal/scenario"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// Option says how a server starts.
type Option func(*config)

type config struct {
	sources        []scenario.Source
	clock          *time.Time
	random         *int64
	log            *slog.Logger
	socket         bool
	controlToken   string
	allowedHosts   []string
	allowedOrigins []string
	strict         bool     // no operations but those expected
	expected       []string // names of operations
	maxFileBytes   int64
	journalBytes   int
	webhookClient  *http.Client
	webhookCAs     *x509.CertPool
	present        *world.Seed   // to start from, in place of the sources
	shadow         *shadowConfig // nil for none
}

// OptionError is a mistake in an option, as opposed to a problem with the scenario.
type OptionError struct{ mistake error }

func (e *OptionError) Error() string { return e.mistake.Error() }

// Unwrap returns the mistake.
func (e *OptionError) Unwrap() error { return e.mistake }

// DefaultScenario is the built-in scenario that a server has by default.
const DefaultScenario = "acme"

func newConfig(options []Option) config {
	c := config{socket: true, log: slog.Default(), maxFileBytes: DefaultMaxFileBytes, journalBytes: DefaultMaxJournalBytes}
	for _, option := range options {
		option(&c)
	}
	if c.sources == nil {
		c.sources = []scenario.Source{scenario.BuiltIn(DefaultScenario)}
	}
	return c
}

// seed loads a scenario and lays the options over it.
func (c config) seed(sources ...scenario.Source) (*world.Seed, error) {
	if c.present != nil {
		return c.present, nil
	}
	loaded, err := scenario.Load(sources...)
	if err != nil {
		return nil, err
	}
	seed := *loaded
	if c.clock != nil {
		if err := world.CheckTime(*c.clock); err != nil {
			return nil, fmt.Errorf("FixedClock: %w", err)
		}
		seed.Clock = world.Start{At: *c.clock, Frozen: true}
	}
	if c.random != nil {
		seed.Random = c.random
	}
	return &seed, nil
}

// Scenario starts from a built-in scenario: "acme" (the default), "blank", "crm", "scopes" or "stock". Of
// several scenarios, whatever their kind, each later one is laid over the earlier.
func Scenario(name string) Option {
	return func(c *config) { c.sources = append(c.sources, scenario.BuiltIn(name)) }
}

// ScenarioFile starts from a scenario file.
func ScenarioFile(path string) Option {
	return func(c *config) { c.sources = append(c.sources, scenario.File(path)) }
}

// ScenarioFS starts from a scenario file in a file system, an embedded one for instance.
func ScenarioFS(fsys fs.FS, path string) Option {
	return func(c *config) { c.sources = append(c.sources, scenario.FS(fsys, path)) }
}

// YAML starts from the text of a scenario.
func YAML(text string) Option {
	return func(c *config) { c.sources = append(c.sources, scenario.Text("YAML", text)) }
}

// FixedClock freezes the server's clock at t; Advance and SetTime move it.
// It goes from 1970-01-01 to 9999-12-31.
func FixedClock(t time.Time) Option {
	return func(c *config) { c.clock = &t }
}

// Seed makes the ids of what is created the same in every run.
func Seed(n int64) Option {
	return func(c *config) { c.random = &n }
}

// Logger is where the server reports its own internal errors; slog.Default without it.
func Logger(log *slog.Logger) Option {
	return func(c *config) { c.log = log }
}

// WithoutSocket opens no socket: only Client, Transport and Handler reach the server, which starts in
// a fraction of the time.
func WithoutSocket() Option {
	return func(c *config) { c.socket = false }
}

// DefaultMaxFileBytes is the default of MaxFileBytes: 512 MiB.
const DefaultMaxFileBytes = 512 << 20

// MaxFileBytes bounds how many bytes the files of all workspaces hold together. An upload beyond that is refused; files that
// are there already stay.
func MaxFileBytes(n int64) Option {
	return func(c *config) { c.maxFileBytes = n }
}

// DefaultMaxJournalBytes is the default of MaxJournalBytes: 8 MiB.
const DefaultMaxJournalBytes = 8 << 20

// MaxJournalBytes bounds how many bytes the journal takes. Beyond that it forgets its oldest requests, and their moments. 8 MiB hold some
// 7,000 reads of a record, or 5,000 new records.
func MaxJournalBytes(n int) Option {
	return func(c *config) { c.journalBytes = n }
}

// ControlToken protects everything under /_fake/ but the health check and the signed links to files: requests need
// it as a Bearer token.
func ControlToken(token string) Option {
	return func(c *config) { c.controlToken = token }
}

// AllowedHost lets requests under /_fake/ call the server by a host name such as "attio.example.com". Without it they
// are refused, as a web page may have sent them, unless the name is an IP address, localhost, a name without a dot, or
// one below .localhost, .local or .internal. Requests that do not come over a network may have any name.
func AllowedHost(name string) Option {
	return func(c *config) { c.allowedHosts = append(c.allowedHosts, name) }
}

// AllowedOrigin lets the web pages of an origin such as "http://localhost:3000" use everything under /_fake/, which is closed to
// the pages of all other sites. Attio's own paths answer every page, as Attio does.
func AllowedOrigin(origin string) Option {
	return func(c *config) { c.allowedOrigins = append(c.allowedOrigins, origin) }
}

// WebhookClient sends the deliveries of webhooks with a client, such as that of httptest.Server.Client, which trusts the
// certificate of its server. Redirects are not followed, and the only
// time-out is Attio's. The client may connect to anything; without the option, no delivery goes to a link-local address or
// to the metadata service of a cloud, whatever its name.
func WebhookClient(client *http.Client) Option {
	return func(c *config) { c.webhookClient = client }
}

// WebhookCAs are the certificate authorities that are trusted for receivers of webhooks, in place of those of the machine. A
// WebhookClient has its own.
func WebhookCAs(pool *x509.CertPool) Option {
	return func(c *config) { c.webhookCAs = pool }
}
