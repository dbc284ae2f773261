using System.Collections.Immutable;
using CaaS.Analytics.Derived;

namespace CaaS.Analytics.Forecasts;

/// <summary>How a series as it was measured is forecast: in which steps, with which seasons.</summary>
/// <remarks>
/// The finest step of which history makes at most a thousand and the horizon at most five hundred: a forecast costs a
/// few milliseconds then. A day and a week count as seasons once two whole ones were measured.
/// </remarks>
/// <param name="Step">Length of a step.</param>
/// <param name="Horizon">Steps to forecast.</param>
public sealed record OutlookPlan(TimeSpan Step, int Horizon)
{
    /// <summary>Fewest measured values a forecast is made of.</summary>
    public const int ValuesMin = 12;

    private const int HistoryStepsMax = 1000;
    private const int HorizonStepsMax = 500;
    private const int DaysInWeek = 7;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly ImmutableArray<TimeSpan> Steps =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1), TimeSpan.FromHours(6),
    ];

    /// <summary>Makes the plan.</summary>
    /// <param name="history">Time measured, positive.</param>
    /// <param name="horizon">Time to forecast, positive.</param>
    /// <returns>The plan, or null when the horizon needs too many steps.</returns>
    public static OutlookPlan? For(TimeSpan history, TimeSpan horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(history, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(horizon, TimeSpan.Zero);
        foreach (var step in Steps)
        {
            if (history / step <= HistoryStepsMax && horizon / step <= HorizonStepsMax)
            {
                return new OutlookPlan(step, (int)Math.Ceiling(horizon / step));
            }
        }

        return null;
    }

    /// <summary>Forecasts a series.</summary>
    /// <param name="points">Its values, one a step at the most, each at the beginning of its step.</param>
    /// <param name="from">Beginning of the first step, UTC.</param>
    /// <param name="to">End of what was measured, UTC; the step that is not over then is left out.</param>
    /// <param name="coverage">Share of future values the band should hold, between 0 and 1.</param>
    /// <returns>The outlook, or null when fewer than <see cref="ValuesMin"/> values were measured.</returns>
    public SeriesOutlook? Of(SeriesPoints points, DateTimeOffset from, DateTimeOffset to, double coverage)
    {
        ArgumentNullException.ThrowIfNull(points);
        var (grid, first, last) = Lay(points, from, (int)((to - from) / Step));
        if (grid.Skip(first).Count(double.IsFinite) < ValuesMin)
        {
            return null;
        }

        double[] history = grid[first..(last + 1)];
        var periods = PeriodsOf(history.Length);
        var forecaster = new Forecaster(new ForecastOptions { Periods = periods, Horizon = Horizon, Coverage = coverage });
        return new SeriesOutlook(
            Step,
            from + (first * Step),
            from + ((last + 1) * Step),
            [.. history],
            periods.Length > 0 ? periods[0] : 1,
            forecaster.Forecast(history));
    }

    private (double[] Grid, int First, int Last) Lay(SeriesPoints points, DateTimeOffset from, int count)
    {
        var grid = new double[Math.Max(0, count)];
        Array.Fill(grid, double.NaN);
        var fromMs = from.ToUnixTimeMilliseconds();
        for (var index = 0; index < points.Value.Count; index++)
        {
            var at = (points.TimestampMs[index] - fromMs) / (long)Step.TotalMilliseconds;
            if (at >= 0 && at < grid.Length && double.IsFinite(points.Value[index]))
            {
                grid[at] = points.Value[index];
            }
        }

        return (grid, Math.Max(0, Array.FindIndex(grid, double.IsFinite)), Array.FindLastIndex(grid, double.IsFinite));
    }

    private int[] PeriodsOf(int count)
    {
        var day = (int)(Day / Step);
        return [.. new[] { day, DaysInWeek * day }.Where(period => count >= 2 * period)];
    }
}
