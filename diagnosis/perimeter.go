package diagnosis

// outOfPerimeter returns the OUT_ cause that takes the watch out of the
// technician's hands, or "".
func outOfPerimeter(c Case, spec calibreSpec) string { return "" }

func perimeterOf(info CauseInfo, c Case, g gathered) string { return info.Perimeter }

func operationsFor(info CauseInfo, kind string) []string {
	var out []string
	for _, op := range info.Operations {
		if op == "REV-MAN" && kind == Automatic || op == "REV-AUTO" && kind == Manual ||
			(op == "REV-MAN" || op == "REV-AUTO" || op == "DIA-M" || op == "RES" || op == "ECH-AUTO") && kind == Quartz {
			continue
		}
		out = append(out, op)
	}
	return out
}

func safetyOf(c Case, g gathered) []Text { return nil }
func gapsOf(c Case, g gathered) []Text   { return nil }
