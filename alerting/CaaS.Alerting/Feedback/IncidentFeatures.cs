using System.Collections.Immutable;
using CaaS.Rca;

namespace CaaS.Alerting.Feedback;

/// <summary>An incident in numbers, as it was when it was opened.</summary>
public static class IncidentFeatures
{
    private static readonly EvidenceKind[] Kinds = Enum.GetValues<EvidenceKind>();

    /// <summary>What each number is. Another list means other models: a version trained on this one is not used with
    /// another.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "severity", "symptoms", "symptom-entities", "affected-services", "missing-data",
        "causes", "confidence", "confidence-lead", "verdict-state", "path-length",
        "onset-age", "hour-sine", "hour-cosine", "weekend",
        "class-judged", "class-noise-share", "entity-judged", "entity-noise-share",
        "day-incidents", "entity-day-incidents",
        .. Kinds.SelectMany(kind => new[] { $"{kind}-count".ToLowerInvariant(), $"{kind}-weight".ToLowerInvariant() }),
    ];

    /// <summary>Takes the numbers.</summary>
    /// <param name="incident">The incident in its first revision.</param>
    /// <param name="past">What its past says.</param>
    /// <returns>One finite number for each name. Counts are logarithms, for the tenth symptom tells less than the
    /// second; a share of nothing is a half.</returns>
    internal static ImmutableArray<float> Of(Incident incident, PastVerdicts past)
    {
        var causes = incident.Hypotheses;
        var evidence = causes.Length == 0 ? [] : causes[0].Evidence;
        var hour = incident.OpenedAt.UtcDateTime.TimeOfDay.TotalDays * Math.Tau;
        double[] numbers =
        [
            (int)incident.Severity,
            Log(incident.Symptoms.Length),
            Log(incident.Symptoms.Select(symptom => symptom.Entity).Distinct().Count()),
            Log(incident.Affected.Length),
            Log(incident.MissingData.Length),
            causes.Length,
            causes.Length > 0 ? causes[0].Confidence : 0,
            causes.Length > 1 ? causes[0].Confidence - causes[1].Confidence : causes.Length,
            (int)incident.VerdictState,
            causes.Length > 0 ? causes[0].Path.Length : 0,
            Log(Math.Max(0, (incident.OpenedAt - incident.Onset).TotalSeconds)),
            Math.Sin(hour),
            Math.Cos(hour),
            incident.OpenedAt.UtcDateTime.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0,
            Log(past.Useful + past.Noise),
            Share(past.Noise, past.Useful),
            Log(past.EntityUseful + past.EntityNoise),
            Share(past.EntityNoise, past.EntityUseful),
            Log(past.DayCount),
            Log(past.EntityDayCount),
            .. Kinds.SelectMany(kind => new[]
            {
                Log(evidence.Count(item => item.Kind == kind)),
                evidence.Where(item => item.Kind == kind).Select(item => item.Weight).DefaultIfEmpty().Max(),
            }),
        ];
        return [.. numbers.Select(number => double.IsFinite(number) ? (float)number : 0)];
    }

    private static double Log(double count) => Math.Log(1 + count);

    private static double Share(int part, int rest) => (part + 1.0) / (part + rest + 2.0);
}
