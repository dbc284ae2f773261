using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Whether the way from the named cause to what users feel is one that harm took.</summary>
internal static class PathCheck
{
    /// <summary>The shortest way from the cause to the symptom over calls and other edges, each step checked against
    /// the label.</summary>
    public static bool IsRight(HardCase @case, CauseCase given, HardTruth truth)
    {
        var steps = new HashSet<(int From, int To)>();
        foreach (var call in given.Calls)
        {
            steps.Add((call.Callee, call.Caller));
        }

        foreach (var link in @case.Links)
        {
            steps.Add((link.To, link.From));
        }

        var path = Harm.Path(steps, truth.Entity, @case.Symptom.Entity);
        return path.Length > 0 && path.Zip(path.Skip(1)).All(step => truth.Ways.Contains(step));
    }
}
