// Command bench runs the benchmarks behind docs/performance.md and prints the tables of that page: what is promised with
// its target, and how the figures grow with the number of records.
//
// Usage: go run ./.ci/bench [-short] [-count N] [-only REGEXP] [-write FILE]
package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	short := flag.Bool("short", false, "leave out what needs 100,000 records or more")
	count := flag.Int("count", 3, "how often to run each benchmark; the median counts")
	only := flag.String("only", "", "run only the benchmarks that match this regular expression")
	write := flag.String("write", "", "write the tables into this file, between its markers, too")
	flag.Parse()
	if err := run(*short, *count, *only, *write); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(short bool, count int, only, write string) error {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	measured := results{}
	for _, p := range plan(wanted) {
		if err := measured.measure(p, short, count); err != nil {
			return err
		}
	}
	page := heading(time.Now()) + targets(measured) + growth(measured)
	fmt.Print(page)
	if write == "" {
		return nil
	}
	return replace(write, page)
}

// benchmarks are those of one package that are run together.
type benchmarks struct {
	pkg   string
	names []string
}

// plan lists what to run, a package at a time, so that no two benchmarks share the machine.
func plan(wanted *regexp.Regexp) []benchmarks {
	names := map[string][]string{}
	add := func(pkg, benchmark string) {
		name, _, _ := strings.Cut(benchmark, "/")
		if wanted.MatchString(name) && !slices.Contains(names[pkg], name) {
			names[pkg] = append(names[pkg], name)
		}
	}
	for _, p := range promises {
		add(p.pkg, p.benchmark)
	}
	for _, c := range curves {
		add(c.pkg, c.benchmark)
	}
	var all []benchmarks
	for _, pkg := range slices.Sorted(maps.Keys(names)) {
		all = append(all, benchmarks{pkg, names[pkg]})
	}
	return all
}

// results are the measured values by package, benchmark and unit.
type results map[string][]float64

func key(pkg, benchmark, unit string) string { return pkg + " " + benchmark + " " + unit }

// measure runs benchmarks, whose output goes to the standard error while they run.
func (r results) measure(p benchmarks, short bool, count int) error {
	args := []string{"test", "-run", "^$", "-bench", "^Benchmark(" + strings.Join(p.names, "|") + ")$", "-count", strconv.Itoa(count), "-timeout", "60m"}
	if short {
		args = append(args, "-short")
	}
	test := exec.Command("go", append(args, "./"+p.pkg)...)
	test.Stderr = os.Stderr
	out, err := test.StdoutPipe()
	if err != nil {
		return err
	}
	if err := test.Start(); err != nil {
		return err
	}
	r.read(p.pkg, io.TeeReader(out, os.Stderr))
	return test.Wait()
}

// line is the result of one run: "BenchmarkName/sub-2   10   123 ns/op   0.5 of-bare".
var line = regexp.MustCompile(`^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.*)$`)

func (r results) read(pkg string, from io.Reader) {
	for lines := bufio.NewScanner(from); lines.Scan(); {
		found := line.FindStringSubmatch(lines.Text())
		if found == nil {
			continue
		}
		for pair := range slices.Chunk(strings.Fields(found[2]), 2) {
			if value, err := strconv.ParseFloat(pair[0], 64); err == nil && len(pair) == 2 {
				k := key(pkg, found[1], pair[1])
				r[k] = append(r[k], value)
			}
		}
	}
}

// median returns the median of the runs of a benchmark.
func (r results) median(pkg, benchmark, unit string) (float64, bool) {
	values := slices.Sorted(slices.Values(r[key(pkg, benchmark, unit)]))
	if len(values) == 0 {
		return 0, false
	}
	return values[len(values)/2], true
}

// heading names the machine and the day.
func heading(now time.Time) string {
	return fmt.Sprintf("%s, %d cores, %s/%s, %s, on %s.\n\n", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), now.Format(time.DateOnly))
}

// processor names the processor, where the system says it.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo") // missing on other systems
	if found := regexp.MustCompile(`model name\s*: (.*)`).FindSubmatch(info); found != nil {
		return string(found[1])
	}
	return "Unknown processor"
}

// targets is the table of what is promised.
func targets(r results) string {
	var b strings.Builder
	b.WriteString("| what | measured | target | |\n|---|---|---|---|\n")
	for _, p := range promises {
		value, ok := r.valueOf(p)
		shown, verdict := "–", ""
		if ok {
			shown, verdict = number(value)+" "+p.named(), "reached"
			switch {
			case p.target() == "–":
				verdict = ""
			case p.isMissed(value):
				verdict = "**missed**"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", p.what, shown, p.target(), verdict)
	}
	return b.String()
}

// valueOf returns the measured value of a promise.
func (r results) valueOf(p promise) (float64, bool) {
	value, ok := r.median(p.pkg, p.benchmark, p.unit)
	if p.per != "" {
		reference, known := r.median(p.pkg, p.per, p.unit)
		value, ok = value/reference, ok && known
	}
	return value / cmp.Or(p.scale, 1), ok
}

// growth is the table of how figures grow.
func growth(r results) string {
	var b strings.Builder
	b.WriteString("\n| with so many records |")
	for _, size := range sizes {
		fmt.Fprintf(&b, " %s |", thousands(size))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(sizes)) + "\n")
	for _, c := range curves {
		fmt.Fprintf(&b, "| %s, %s |", c.what, c.unit)
		for _, size := range sizes {
			shown := "–"
			if value, ok := r.median(c.pkg, c.benchmark+"/"+strconv.Itoa(size)+c.after, c.unit); ok {
				shown = number(value)
			}
			fmt.Fprintf(&b, " %s |", shown)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// number writes a figure with three digits that count.
func number(v float64) string {
	switch {
	case v >= 1000:
		return thousands(int(v + 0.5))
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'g', 2, 64)
}

func thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// The markers between which the tables stand.
const (
	beginning = "<!-- make bench writes from here -->\n\n"
	ending    = "\n<!-- to here -->\n"
)

// replace writes the tables into a page.
func replace(file, tables string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, begun := strings.Cut(string(page), beginning)
	_, after, ended := strings.Cut(rest, ending)
	if !begun || !ended {
		return fmt.Errorf("%s does not have the markers %q and %q", file, strings.TrimSpace(beginning), strings.TrimSpace(ending))
	}
	return os.WriteFile(file, []byte(before+beginning+tables+ending+after), 0o644)
}
