using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Puts a wrong first suspect into words that can be counted.</summary>
internal static class WrongAnswer
{
    public static string Of(HardCase @case, Verdict verdict)
    {
        if (verdict.Suspects.Length == 0)
        {
            return "nothing";
        }

        var (named, truth) = (verdict.Suspects[0], @case.Truths[0]);
        var clue = named.Clues.Length > 0 ? $"{named.Clues[0].Modality}" : "its place";
        var place = truth.Path.Contains(named.Entity) ? "on the path"
            : truth.Ways.Any(way => way.From == named.Entity || way.To == named.Entity) ? "victim"
            : "bystander";
        return named.Entity == @case.Symptom.Entity ? $"the symptom by {clue}" : $"{place} by {clue}";
    }

    /// <summary>Writes the first suspects and the true one with their reasons.</summary>
    public static void Explain(HardCase @case, Verdict verdict, TextWriter output)
    {
        var truth = @case.Truths[0];
        output.WriteLine(FormattableString.Invariant(
            $"{@case.Seed} {truth.Kind.Id} at {@case.Entities[truth.Entity]}, users feel {@case.Symptom.Meaning} after {@case.Onset - truth.Start:0} s, {@case.Missing:0 %} missing, {@case.ServiceCount} workloads"));
        output.WriteLine($"  way of harm: {string.Join(" > ", truth.Path.Select(entity => @case.Entities[entity]))}");
        for (var place = 0; place < verdict.Suspects.Length; place++)
        {
            var suspect = verdict.Suspects[place];
            if (place < 3 || suspect.Entity == truth.Entity)
            {
                output.WriteLine(FormattableString.Invariant(
                    $"  {place + 1}{(suspect.Entity == truth.Entity ? "*" : ".")} {@case.Entities[suspect.Entity]} {suspect.Score:0.0}"));
                foreach (var clue in suspect.Clues)
                {
                    output.WriteLine(FormattableString.Invariant($"       [{clue.Modality} {clue.Weight:0.0}] {clue.Statement}"));
                }
            }
        }
    }
}
