package attribute

import (
	"cmp"
	"encoding/json"

	"github.com/fakeattio/fakeattio/fake/internal/lazy"
)

// Money is a value of a currency attribute. Its currency is the attribute's: one value cannot have
// another.
type Money float64

// decimalString is what a currency takes as a number in a string.
var decimalString = lazy.New(`^[-+]?\d+(\.\d+)?$`)

func parseMoney(written any) (Value, error) {
	f := longForm(written, "currency_value")
	var amount float64
	value, _ := f.lookup("currency_value")
	if s, ok := value.(string); ok && decimalString.MatchString(s) {
		amount, _ = f.decimal("currency_value", json.Number(s))
	} else {
		amount, _ = f.number("currency_value")
	}
	f.only()
	return Money(amount), f.err()
}

// AppendFields appends `"currency_code":"USD","currency_value":47500000`. Recorded in May 2026;
// Attio's documents have the keys in the other order.
func (m Money) AppendFields(b []byte, on Owner) []byte {
	var code *string
	if c := on.Definition().Currency.Code; c != "" {
		code = &c
	}
	b = appendNullableMember(b, "currency_code", code)
	return appendNumber(append(b, `,"currency_value":`...), float64(m))
}

// Key is the amount as it reads.
func (m Money) Key() string { return Number(m).Key() }

// Together implements Value.
func (m Money) Together() Value { return m }

// Compare orders by size.
func (m Money) Compare(other Value, _ *Definition) int {
	o, ok := other.(Money)
	if !ok {
		return -1
	}
	return cmp.Compare(m, o)
}

// CurrencyCodes lists the currencies that an attribute can have, in the order of Attio's OpenAPI
// document.
func CurrencyCodes() []string {
	return []string{
		"ARS", "AUD", "BRL", "BGN", "CAD", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "FJD", "HKD", "HUF", "ISK", "INR",
		"IDR", "ILS", "JPY", "KES", "KRW", "MYR", "MXN", "NTD", "NZD", "NGN", "NOK", "XPF", "PEN", "PHP", "PLN", "GBP",
		"RWF", "SAR", "SGD", "ZAR", "SEK", "CHF", "THB", "TRY", "AED", "UYU", "USD", "GHS", "OMR", "QAR", "EGP",
	}
}

// CurrencyDisplayTypes lists the ways in which an attribute can show its currency.
func CurrencyDisplayTypes() []string { return []string{"code", "name", "narrowSymbol", "symbol"} }
