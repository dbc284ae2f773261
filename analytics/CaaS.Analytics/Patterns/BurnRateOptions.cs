namespace CaaS.Analytics.Patterns;

/// <summary>An objective and how fast its error budget may burn.</summary>
public sealed record BurnRateOptions
{
    /// <summary>The share of requests that should succeed.</summary>
    public double Objective { get; init; } = 0.999;

    /// <summary>
    /// The pairs of windows: minutes of the long and the short one, and the burn rate both must exceed.
    /// </summary>
    /// <remarks>
    /// Google, "The Site Reliability Workbook" (2018), table 5-8: 2 % of a month's budget in an hour, 5 % in six, 10
    /// % in three days.
    /// </remarks>
    public (int LongMinutes, int ShortMinutes, double Rate)[] Pairs { get; init; } =
        [(60, 5, 14.4), (360, 30, 6), (4320, 360, 1)];

    /// <summary>How sure the rate must be exceeded. At 0.99, one error in three requests is nothing.</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>Errors in the long window below which nobody is woken.</summary>
    public int MinErrors { get; init; } = 3;

    /// <summary>The windows of an objective over another time than a month.</summary>
    /// <remarks>
    /// The same shares of the budget in the same windows. A pair whose rate falls to one or below is left out: that
    /// rate keeps the objective.
    /// </remarks>
    /// <param name="objective">The share of requests that should succeed, between 0 and 1.</param>
    /// <param name="window">The time the objective is about; a month's default is 30 days.</param>
    public static BurnRateOptions Over(double objective, TimeSpan window)
    {
        var scale = window / TimeSpan.FromDays(30);
        var usual = new BurnRateOptions { Objective = objective };
        return usual with
        {
            Pairs = [.. usual.Pairs.Select(p => p with { Rate = p.Rate * scale }).Where(p => p.Rate >= 1 || scale >= 1)],
        };
    }
}
