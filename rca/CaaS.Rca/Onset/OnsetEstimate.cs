using CaaS.Rca.Symptoms;

namespace CaaS.Rca.Onset;

/// <summary>When an incident began: the weighted tenth percentile of its symptoms' onsets.</summary>
/// <remarks>
/// The bare minimum would trust one early false alarm, the opening time comes too late; a low weighted quantile is
/// early and robust. A symptom weighs its score, a hard fact the most.
/// </remarks>
internal static class OnsetEstimate
{
    private const double Quantile = 0.1;

    public static DateTimeOffset Of(IReadOnlyList<LiveSymptom> symptoms, DateTimeOffset otherwise)
    {
        var total = symptoms.Sum(Weight);
        var passed = 0.0;
        foreach (var symptom in symptoms.OrderBy(symptom => symptom.Since).ThenBy(symptom => symptom.Id, StringComparer.Ordinal))
        {
            passed += Weight(symptom);
            if (passed >= total * Quantile)
            {
                return symptom.Since;
            }
        }

        return otherwise;
    }

    private static double Weight(LiveSymptom symptom) => Math.Clamp(symptom.Score, 1, 16);
}
