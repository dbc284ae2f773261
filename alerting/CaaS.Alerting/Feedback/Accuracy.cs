namespace CaaS.Alerting.Feedback;

/// <summary>How often the platform was right, by what its own operators say.</summary>
/// <param name="Count">Incidents whose cause people agree on.</param>
/// <param name="First">Of those, the cause was ranked first.</param>
/// <param name="Listed">Of those, the cause was listed.</param>
/// <param name="Noise">Incidents nobody should have been told.</param>
/// <param name="Disputed">Incidents on which people contradict each other; they count nowhere else.</param>
public sealed record Accuracy(int Count, int First, int Listed, int Noise, int Disputed)
{
    /// <summary>Share ranked first, 0 to 1; NaN of none.</summary>
    public double FirstShare => (double)First / Count;

    /// <summary>The 95 % interval of that share (Wilson, "Probable inference, the law of succession, and statistical
    /// inference", 1927); 0 to 1 of none.</summary>
    public (double Low, double High) FirstInterval
    {
        get
        {
            const double Z = 1.959964;
            if (Count == 0)
            {
                return (0, 1);
            }

            var (centre, scale) = (FirstShare + (Z * Z / (2 * Count)), 1 + (Z * Z / Count));
            var half = Z * Math.Sqrt((FirstShare * (1 - FirstShare) / Count) + (Z * Z / (4.0 * Count * Count)));
            return (Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
        }
    }

    /// <summary>Counts.</summary>
    /// <param name="said">The last word of each person on each incident, in any order.</param>
    public static Accuracy Of(IEnumerable<IncidentFeedback> said)
    {
        var sum = new Accuracy(0, 0, 0, 0, 0);
        foreach (var incident in said.GroupBy(word => word.IncidentId, StringComparer.Ordinal))
        {
            IncidentFeedback[] words = [.. incident];
            sum = (Judgement.IsUseful(words), Judgement.Rank(words)) switch
            {
                (false, _) => sum with { Noise = sum.Noise + 1 },
                (_, { } rank) => sum with
                {
                    Count = sum.Count + 1,
                    First = sum.First + (rank == 1 ? 1 : 0),
                    Listed = sum.Listed + (rank > 0 ? 1 : 0),
                },
                _ => sum with { Disputed = sum.Disputed + 1 },
            };
        }

        return sum;
    }
}
