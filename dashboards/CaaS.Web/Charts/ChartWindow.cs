namespace CaaS.Web.Charts;

/// <summary>The time a chart shows.</summary>
/// <param name="From">First instant, UTC.</param>
/// <param name="To">Last instant, UTC.</param>
/// <param name="Step">Length of one point.</param>
public sealed record ChartWindow(DateTimeOffset From, DateTimeOffset To, TimeSpan Step)
{
    private const int MaxPoints = 180;

    private static readonly TimeSpan Before = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan After = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan MaxAfterOnset = TimeSpan.FromHours(3);
    private static readonly TimeSpan MinStep = TimeSpan.FromSeconds(5);

    /// <summary>The time around an incident.</summary>
    /// <param name="onset">When it began, UTC.</param>
    /// <param name="end">When it ended, or now, UTC.</param>
    /// <returns>From some minutes before the onset to some after the end, in at most 180 steps.</returns>
    public static ChartWindow Around(DateTimeOffset onset, DateTimeOffset end)
    {
        var last = end - onset > MaxAfterOnset ? onset + MaxAfterOnset : end;
        var (from, to) = (onset - Before, last + After);
        var step = TimeSpan.FromSeconds(Math.Ceiling((to - from).TotalSeconds / MaxPoints));
        return new ChartWindow(from, to, step > MinStep ? step : MinStep);
    }

    /// <summary>Where an instant lies.</summary>
    /// <param name="instant">Instant.</param>
    /// <returns>0 at the start, 1 at the end.</returns>
    public double Place(DateTimeOffset instant) => (instant - From) / (To - From);
}
