namespace CaaS.Benchmarks.Detection;

/// <summary>What a fit maximises: the standard score on the series of the Numenta corpus and the delay-adjusted F1 on
/// other labelled series, mixed.</summary>
/// <param name="nab">Series of the Numenta corpus.</param>
/// <param name="others">Other labelled series; may be none.</param>
internal sealed class FitGoal(LabelledSeries[] nab, LabelledSeries[] others)
{
    private const double NabShare = 0.7;

    /// <summary>No single event decides: longer ones count as so many rows. (The board itself knows no such limit.)
    /// </summary>
    private const int EventRowsMax = 40;

    private readonly NabScorer[] _scorers = [.. nab.Select(s => new NabScorer(s))];

    /// <summary>All series, the corpus first.</summary>
    public LabelledSeries[] Series { get; } = [.. nab, .. others];

    /// <summary>Scorer of a series of the corpus; null for the others.</summary>
    public NabScorer? Scorer(int series) => series < _scorers.Length ? _scorers[series] : null;

    /// <summary>What a series' alarms earn.</summary>
    public FitTally Tally(int series, List<int> alarms)
    {
        if (Scorer(series) is { } scorer)
        {
            var tally = scorer.Score(alarms, NabProfile.Standard);
            return new FitTally(tally.Raw, tally.Windows, 0, 0, 0);
        }

        var delayed = new DelayF1(KpiBoard.Delay, EventRowsMax);
        delayed.Add(Series[series].Windows, alarms);
        return new FitTally(0, 0, delayed.Found, delayed.Missed, delayed.False);
    }

    /// <summary>The figure to maximise, 0 to 1.</summary>
    public static double Value(FitTally sum)
    {
        var standard = sum.Windows == 0 ? 0 : (sum.Raw + sum.Windows) / (2 * sum.Windows);
        var delayed = sum.Found == 0 ? 0 : 2 * sum.Found / ((2 * sum.Found) + sum.Missed + sum.False);
        return sum.Found + sum.Missed == 0 ? standard : (NabShare * standard) + ((1 - NabShare) * delayed);
    }
}
