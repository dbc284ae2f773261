using CaaS.Rca.Inquiry;

namespace CaaS.Benchmarks.HardSet;

/// <summary>Whether the way from the named cause to what users feel is one that harm took.</summary>
internal static class PathCheck
{
    /// <summary>Each step of the way a verdict names, checked against the label.</summary>
    public static bool IsRight(HardCase @case, Suspect named, HardTruth truth) =>
        named.Entity == truth.Entity && named.Way.Length > 0 && named.Way[0] == truth.Entity
        && named.Way[^1] == @case.Symptom.Entity && named.Way.Zip(named.Way.Skip(1)).All(truth.Ways.Contains);
}
