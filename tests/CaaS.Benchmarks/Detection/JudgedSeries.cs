using CaaS.Analytics.Detectors.Ensemble;

namespace CaaS.Benchmarks.Detection;

/// <summary>A labelled series with what the ensemble thought of it, row by row.</summary>
/// <param name="Series">The series.</param>
/// <param name="Verdicts">One per row.</param>
/// <param name="Strangeness">One per row.</param>
internal sealed record JudgedSeries(LabelledSeries Series, EnsembleVerdict[] Verdicts, double[] Strangeness)
{
    /// <summary>Rows that alarm, ascending.</summary>
    public List<int> Alarms { get; } = [.. Enumerable.Range(0, Verdicts.Length).Where(row => Verdicts[row].IsAlarm)];

    /// <summary>Alarms outside labelled rows.</summary>
    public int FalseCount => Alarms.Count(row => !Series.Windows.Any(w => row >= w.Start && row <= w.End));

    /// <summary>Lets the ensemble run over a series.</summary>
    public static JudgedSeries Of(SeriesEnsemble ensemble, LabelledSeries series)
    {
        var state = new SeriesState();
        var verdicts = new EnsembleVerdict[series.Values.Length];
        var strangeness = new double[verdicts.Length];
        for (var row = 0; row < verdicts.Length; row++)
        {
            verdicts[row] = ensemble.Step(ref state, series.UnixMs[row], series.Values[row]);
            strangeness[row] = state.Strangeness;
        }

        return new JudgedSeries(series, verdicts, strangeness);
    }

    /// <summary>First alarm of each labelled range, as rows after its start; -1 when there is none.</summary>
    public int[] Delays() =>
    [
        .. Series.Windows.Select(w =>
        {
            var at = Alarms.BinarySearch(w.Start);
            at = at < 0 ? ~at : at;
            return at < Alarms.Count && Alarms[at] <= w.End ? Alarms[at] - w.Start : -1;
        }),
    ];
}
