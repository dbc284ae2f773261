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
        var clue = named.Clues[0].Modality;
        var place = truth.Path.Contains(named.Entity) ? "on the path"
            : truth.Ways.Any(way => way.From == named.Entity || way.To == named.Entity) ? "victim"
            : "bystander";
        return named.Entity == @case.Symptom.Entity ? $"the symptom by {clue}" : $"{place} by {clue}";
    }
}
