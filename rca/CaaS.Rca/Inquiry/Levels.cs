using System.Globalization;

namespace CaaS.Rca.Inquiry;

/// <summary>Evidence from the level of a series: how far its middle moved the way that hurts.</summary>
/// <remarks>
/// The middle of the window after the onset, against median and spread before it: BARO's robust scorer (Pham et al.,
/// FSE 2024) with three departures. The median instead of the maximum, since one wild point is no incident; the
/// direction that hurts by meaning; and a floor under the spread, one percent of the level, because a flat series
/// otherwise makes a few bytes look like a thousand deviations. A series that never moved before counts every move,
/// bounded by how long it never moved. The weight is the log-tail of a Student t of two degrees, which is about how
/// heavy the tails of monitoring data are.
/// </remarks>
internal static class Levels
{
    private const double Quiet = 3;
    private const double TailDegrees = 2;
    private const double RelativeFloor = 0.01;
    private const double ShareFloor = 0.001;
    private const int BeforeCountMin = 3;

    /// <summary>The least spread a series of this meaning is given.</summary>
    public static double Floor(Meaning meaning, double median) => meaning switch
    {
        Meaning.Errors or Meaning.Health => Math.Max(ShareFloor, RelativeFloor * Math.Abs(median)),
        _ => Math.Max(RelativeFloor * Math.Abs(median), 1e-9),
    };

    public static void Collect(CauseCase @case, OnsetPosterior onset, CauseOptions options, List<Clue> clues)
    {
        var inherited = Budget.Applies(@case);
        foreach (var series in @case.Series)
        {
            var flows = series.Meaning is Meaning.Latency or Meaning.Errors;
            if (series.Meaning == Meaning.Load || (flows && inherited))
            {
                continue;
            }

            double weight = 0, deviates = 0;
            for (var index = 0; index < onset.Times.Length; index++)
            {
                var found = Deviates(series, onset.Times[index], options);
                deviates += onset.Weights[index] * found;
                weight += onset.Weights[index] * (found > Quiet ? TailDegrees * Math.Log(found / Quiet) : 0);
            }

            if (weight > 0)
            {
                clues.Add(new Clue(series.Entity, Modality.Metric, Fault(series.Meaning), weight, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{series.Name} moved {deviates:0.#} of its usual deviations from where it was before.")));
            }
        }
    }

    private static double Deviates(SeriesFact series, double onset, CauseOptions options)
    {
        var before = new List<double>();
        var after = new List<double>();
        for (var index = 0; index < series.Times.Length; index++)
        {
            var (time, value) = (series.Times[index], series.Values[index]);
            if (!double.IsFinite(value))
            {
                continue;
            }

            if (time < onset - options.GuardSeconds)
            {
                before.Add(value);
            }
            else if (time >= onset && time <= onset + options.AfterSeconds)
            {
                after.Add(value);
            }
        }

        if (before.Count < BeforeCountMin || after.Count == 0)
        {
            return 0;
        }

        before.Sort();
        after.Sort();
        var (median, spread) = Robust.Centre([.. before]);
        var moved = Robust.Quantile([.. after], 0.5) - median;
        moved = series.Meaning == Meaning.Health ? -moved : moved;
        var constant = before[0].Equals(before[^1]);
        var deviates = moved / Math.Max(spread, Floor(series.Meaning, median));
        return constant ? Math.Min(deviates, before.Count + 1) : deviates;
    }

    private static string Fault(Meaning meaning) => meaning switch
    {
        Meaning.Latency => "latency",
        Meaning.Errors => "errors",
        Meaning.Health => "unhealthy",
        _ => "resource",
    };
}
