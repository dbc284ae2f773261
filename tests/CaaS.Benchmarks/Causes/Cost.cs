using System.Diagnostics;

namespace CaaS.Benchmarks.Causes;

/// <summary>Measures what each inquiry costs.</summary>
/// <remarks>
/// Memory is the managed heap while inquiries run less what it was before the first: the inquiry with its inputs and
/// baselines of normal behaviour, without the unpacked archive, which a platform never holds.
/// </remarks>
internal sealed class Cost
{
    private readonly List<double> _milliseconds = [];
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private long _peak;

    /// <summary>Time below which 95 % of the inquiries stay, milliseconds.</summary>
    public double P95Ms =>
        _milliseconds.Count == 0 ? 0 : _milliseconds.Order().ElementAt((int)Math.Ceiling(0.95 * _milliseconds.Count) - 1);

    /// <summary>Most memory seen, megabytes.</summary>
    public double PeakMb => Math.Max(0, _peak - _before) / 1e6;

    /// <summary>Runs and measures one inquiry.</summary>
    public T Of<T>(Func<T> inquiry)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = inquiry();
        _milliseconds.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false));
        return result;
    }
}
