using CaaS.Analytics;
using CaaS.Signals;

namespace CaaS.Rca.Findings;

/// <summary>Log lines never written before, or far more of them.</summary>
internal sealed class LogDetector : IFindingDetector
{
    private static readonly string[] Alarming = ["rror", "xception", "ail", "denied", "refused", "imeout", "imed out", "fatal"];

    public void Find(CaseFile file, EntityRef entity, ICollection<Finding> found)
    {
        var lines = file.Anomalies.Of(entity)
            .Where(seen => seen.Latest.Kind is AnomalyKind.NewLogTemplate or AnomalyKind.LogRate
                && seen.Worst.Onset >= file.Onset - TimeSpan.FromMinutes(2) && seen.IsUp)
            .OrderByDescending(seen => IsAlarming(seen)).ThenByDescending(seen => seen.Worst.Score).ToArray();
        Add(Features.LogNew, AnomalyKind.NewLogTemplate, "writes lines never seen before");
        Add(Features.LogErrors, AnomalyKind.LogRate, "writes far more lines like");

        void Add(string feature, AnomalyKind kind, string what)
        {
            if (lines.FirstOrDefault(seen => seen.Latest.Kind == kind) is { } line)
            {
                found.Add(Finding.Of(feature, IsAlarming(line) ? 1 : 0.3, line,
                    $"{entity.Name} {what}: {line.Worst.Explanation}", EvidenceKind.Log));
            }
        }
    }

    private static bool IsAlarming(LiveAnomaly seen) =>
        Alarming.Any(word => seen.Worst.Explanation.Contains(word, StringComparison.OrdinalIgnoreCase));
}
