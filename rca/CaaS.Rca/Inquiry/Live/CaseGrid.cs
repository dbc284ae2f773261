using CaaS.Rca.Findings;

namespace CaaS.Rca.Inquiry.Live;

/// <summary>The instants at which all series of one case are read, evenly apart.</summary>
internal sealed class CaseGrid
{
    private const double StepMin = 10;
    private const double StepMost = 120;
    private const int CountMost = 180;
    private readonly double _begin;
    private readonly double _step;

    private CaseGrid(double begin, double step, int count)
    {
        (_begin, _step) = (begin, step);
        Times = [.. Enumerable.Range(1, count).Select(index => begin + (index * step))];
    }

    /// <summary>Ends of the steps, unix seconds.</summary>
    public double[] Times { get; }

    /// <summary>Length of one step.</summary>
    public double StepSeconds => _step;

    /// <summary>A grid over all that is remembered, each step two scrapes long.</summary>
    /// <param name="tracks">What was counted of the pods in question.</param>
    /// <param name="now">Its end, UTC.</param>
    public static CaseGrid Of(IEnumerable<ServeTrack> tracks, DateTimeOffset now)
    {
        var gaps = new List<double>();
        var first = Seconds(now);
        foreach (var track in tracks.Where(track => track.Samples.Count > 1))
        {
            var begin = Seconds(track.Samples.First().At);
            gaps.Add((Seconds(track.LastAt) - begin) / (track.Samples.Count - 1));
            first = Math.Min(first, begin);
        }

        gaps.Sort();
        var step = gaps.Count == 0 ? StepMin : Math.Clamp(Math.Ceiling(2 * gaps[gaps.Count / 2]), StepMin, StepMost);
        var count = Math.Min(CountMost, (int)((Seconds(now) - first) / step));
        return new CaseGrid(Seconds(now) - (count * step), step, count);
    }

    /// <summary>Nothing measured yet, one value a step.</summary>
    public double[] Blank()
    {
        var values = new double[Times.Length];
        Array.Fill(values, double.NaN);
        return values;
    }

    /// <summary>The step an instant lies in; -1 outside.</summary>
    public int StepOf(DateTimeOffset at)
    {
        var step = (int)Math.Ceiling((Seconds(at) - _begin) / _step) - 1;
        return step >= 0 && step < Times.Length ? step : -1;
    }

    public static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;
}
