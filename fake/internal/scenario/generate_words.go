package scenario

import "slices"

// What made-up records are made of. The words are few, so that they cost a program nothing that never
// makes any up; a library of such words takes a millisecond to start and four megabytes.
var (
	firstNames = []string{
		"Ada", "Amara", "Anders", "Aisha", "Beatriz", "Bilal", "Bruno", "Carmen", "Chen", "Clara", "Daria", "David", "Diego", "Elif",
		"Emil", "Esther", "Farid", "Fiona", "Gabriel", "Grace", "Hana", "Henrik", "Ines", "Isaac", "Ivy", "Jamal", "Joana", "Jonas",
		"Kaito", "Katarina", "Kofi", "Lars", "Leila", "Lucia", "Mara", "Marcus", "Mei", "Mikael", "Nadia", "Nikhil", "Noor", "Olga",
		"Omar", "Oscar", "Paloma", "Petra", "Priya", "Rafael", "Rosa", "Ruben", "Sana", "Sofia", "Stefan", "Tariq", "Tessa", "Thabo",
		"Uma", "Vera", "Victor", "Wanda", "Yara", "Yusuf", "Zara", "Zoltan",
	}
	lastNames = []string{
		"Abara", "Alvarez", "Andersen", "Baptiste", "Barros", "Becker", "Bergman", "Castillo", "Chandra", "Cohen", "Costa", "Dahl",
		"Diallo", "Dimitrov", "Duarte", "Eriksen", "Esposito", "Farah", "Fischer", "Fonseca", "Garcia", "Haddad", "Hansen", "Herrera",
		"Hoffmann", "Ito", "Ivanova", "Jansen", "Joshi", "Kaplan", "Keller", "Khan", "Kimura", "Kovacs", "Kowalski", "Larsen", "Laurent",
		"Lindholm", "Lopez", "Madsen", "Marino", "Mbeki", "Mendes", "Meyer", "Moreau", "Nakamura", "Navarro", "Nguyen", "Novak", "Okafor",
		"Olsen", "Ortega", "Osei", "Papadakis", "Park", "Pereira", "Petrov", "Quist", "Rahman", "Ramos", "Reyes", "Ricci", "Romero",
		"Rossi", "Sandoval", "Sato", "Schmidt", "Silva", "Singh", "Sorensen", "Suzuki", "Tanaka", "Toth", "Vargas", "Vega", "Virtanen",
		"Wagner", "Wang", "Weber", "Yilmaz", "Zhang", "Ziegler",
	}
	jobTitles = []string{
		"Account manager", "Accountant", "Analyst", "Buyer", "Chief executive", "Chief financial officer", "Customer success manager",
		"Data engineer", "Designer", "Director of operations", "Engineer", "Finance manager", "Founder", "Head of marketing",
		"Head of people", "Head of sales", "Legal counsel", "Office manager", "Partner manager", "Product manager", "Project manager",
		"Recruiter", "Sales representative", "Security engineer", "Support engineer", "Team lead", "Vice president of sales",
	}
	compounds = []string{
		"Amber", "Anchor", "Ash", "Bay", "Birch", "Blue", "Bright", "Cedar", "Clear", "Cloud", "Copper", "Coral", "Crest", "Dawn",
		"Delta", "East", "Elm", "Ever", "Fair", "Fern", "Field", "Flint", "Fox", "Frost", "Glen", "Gold", "Green", "Grey", "Harbor",
		"Hazel", "High", "Iron", "Juniper", "Lake", "Lark", "Light", "Maple", "Meadow", "Mill", "Moss", "North", "Oak", "Pine", "Quill",
		"Raven", "Red", "River", "Sage", "Sand", "Silver", "Spring", "Star", "Stone", "Summer", "Sun", "Swift", "Thorn", "Tide", "Wave",
		"West", "White", "Wild", "Willow", "Winter",
	}
	endings = []string{
		"beam", "bridge", "brook", "crest", "dale", "fall", "field", "ford", "forge", "gate", "grove", "hall", "haven", "hill", "house",
		"land", "leaf", "light", "line", "loom", "mark", "mere", "mont", "path", "peak", "point", "ridge", "shore", "spark", "stead",
		"view", "ward", "way", "well", "wind", "wood", "works", "yard",
	}
	trades = []string{
		"Analytics", "Capital", "Consulting", "Design", "Energy", "Engineering", "Foods", "Group", "Health", "Labs", "Logistics", "Media",
		"Mobility", "Networks", "Partners", "Robotics", "Security", "Software", "Studio", "Supply", "Systems", "Textiles", "Travel",
	}
	undertakings = []string{
		"annual plan", "audit", "expansion", "framework", "integration", "launch", "migration", "onboarding", "pilot", "programme",
		"renewal", "review", "rollout", "support contract", "training", "upgrade", "workshop",
	}
	remarks = []string{
		"Asked for a call next quarter.", "Came through a partner.", "Compares us with two others.", "Found us at a conference.",
		"Has an open question on data residency.", "Long-standing customer.", "Prefers to be written to.", "Wants to start small.",
	}
	areaCodes = []int{201, 202, 206, 212, 213, 303, 305, 312, 404, 415, 503, 512, 602, 615, 617, 702, 713, 808, 919}
)

// places are addresses: line, locality, region, postcode, country, latitude, longitude.
var places = [][7]string{
	{"14 Harbour Street", "Aarhus", "Central Denmark", "8000", "DK", "56.1629", "10.2039"},
	{"220 Congress Avenue", "Austin", "Texas", "78701", "US", "30.2672", "-97.7431"},
	{"8 Carrer Nou", "Barcelona", "Catalonia", "08001", "ES", "41.3874", "2.1686"},
	{"31 Residency Road", "Bengaluru", "Karnataka", "560025", "IN", "12.9716", "77.5946"},
	{"5 Lindenstrasse", "Berlin", "Berlin", "10969", "DE", "52.5200", "13.4050"},
	{"77 Summer Street", "Boston", "Massachusetts", "02110", "US", "42.3601", "-71.0589"},
	{"19 Loop Street", "Cape Town", "Western Cape", "8001", "ZA", "-33.9249", "18.4241"},
	{"400 West Lake Street", "Chicago", "Illinois", "60606", "US", "41.8781", "-87.6298"},
	{"2 Quay Lane", "Dublin", "Leinster", "D02", "IE", "53.3498", "-6.2603"},
	{"12 Ring Road", "Lagos", "Lagos", "101241", "NG", "6.5244", "3.3792"},
	{"60 Tanner Row", "London", "England", "SE1 3PL", "GB", "51.5072", "-0.1276"},
	{"9 Collins Lane", "Melbourne", "Victoria", "3000", "AU", "-37.8136", "144.9631"},
	{"48 Rue du Pont", "Paris", "Île-de-France", "75010", "FR", "48.8566", "2.3522"},
	{"101 Rua Augusta", "São Paulo", "São Paulo", "01305-000", "BR", "-23.5558", "-46.6396"},
	{"3 Raffles Walk", "Singapore", "Singapore", "048620", "SG", "1.3521", "103.8198"},
	{"16 Ostgatan", "Stockholm", "Stockholm", "111 29", "SE", "59.3293", "18.0686"},
	{"27 Nishi Street", "Tokyo", "Tokyo", "100-0005", "JP", "35.6762", "139.6503"},
	{"210 King Street", "Toronto", "Ontario", "M5H 1K4", "CA", "43.6532", "-79.3832"},
}

// placesAsWritten returns the addresses in the API's write form.
func placesAsWritten() []any {
	written := make([]any, len(places))
	for i, p := range places {
		written[i] = map[string]any{
			"line_1": p[0], "line_2": nil, "line_3": nil, "line_4": nil, "locality": p[1], "region": p[2], "postcode": p[3],
			"country_code": p[4], "latitude": p[5], "longitude": p[6],
		}
	}
	return written
}

// MadeUp has the words that names of made-up records are made of.
type MadeUp struct{ First, Last, Words []string }

// MadeUpNames returns them.
func MadeUpNames() MadeUp {
	return MadeUp{First: firstNames, Last: lastNames, Words: slices.Concat(compounds, endings, trades, undertakings)}
}
