using System.Globalization;
using System.Text;
using CaaS.Client.Wire;
using CaaS.Web.Components;

namespace CaaS.Web.Charts;

/// <summary>One small chart, worked out to the coordinates of an SVG of <see cref="Width"/> by
/// <see cref="Height"/>.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Entity">Of what.</param>
/// <param name="Lines">One SVG path a series; a gap in the data is a gap in the line.</param>
/// <param name="BandTop">Upper edge of the expected band, from the top; null without a band.</param>
/// <param name="BandHeight">Height of the band.</param>
/// <param name="Onset">Place of the onset, from the left; null without one.</param>
/// <param name="Marks">Places of changes, from the left.</param>
/// <param name="Top">Value at the top, in words.</param>
/// <param name="Bottom">Value at the bottom, in words.</param>
/// <param name="From">First instant, in words.</param>
/// <param name="To">Last instant, in words.</param>
/// <param name="Summary">The chart in a sentence, for who cannot see it.</param>
public sealed record ChartModel(
    string Title,
    string Entity,
    IReadOnlyList<string> Lines,
    double? BandTop,
    double BandHeight,
    double? Onset,
    IReadOnlyList<double> Marks,
    string Top,
    string Bottom,
    string From,
    string To,
    string Summary)
{
    /// <summary>Width of the drawing.</summary>
    public const double Width = 320;

    /// <summary>Height of the drawing.</summary>
    public const double Height = 96;

    // Room for the stroke of a line at the top or the bottom.
    internal const double Edge = 3;

    // A hole of this many steps is shown as one.
    private const double GapSteps = 3.5;

    /// <summary>Works out a chart.</summary>
    /// <param name="evidence">What it shows, with its expected band.</param>
    /// <param name="series">Points.</param>
    /// <param name="window">Time shown.</param>
    /// <param name="onset">When the incident began, or null when there is none.</param>
    /// <param name="changes">When something was changed.</param>
    /// <returns>The chart.</returns>
    public static ChartModel Of(
        Evidence evidence,
        IReadOnlyList<SeriesPoints> series,
        ChartWindow window,
        DateTimeOffset? onset,
        IReadOnlyList<DateTimeOffset> changes)
    {
        var values = series.SelectMany(one => one.Value).OfType<double>().Where(IsDrawn)
            .Concat(Bounds(evidence)).DefaultIfEmpty(0).ToArray();
        var (low, high) = (Math.Min(0, values.Min()), values.Max());
        var range = high > low ? high - low : 1;
        double Y(double value) => Height - Edge - ((value - low) / range * (Height - (2 * Edge)));
        var band = (Low: Finite(evidence.ExpectedLow), High: Finite(evidence.ExpectedHigh));
        return new ChartModel(
            evidence.Signal,
            evidence.Entity,
            [.. series.Select(one => Line(one, window, Y))],
            band == (null, null) ? null : Y(band.High ?? high),
            band == (null, null) ? 0 : Y(band.Low ?? low) - Y(band.High ?? high),
            onset is { } began ? window.Place(began) * Width : null,
            [.. changes.Select(window.Place).Where(place => place is >= 0 and <= 1).Select(place => place * Width)],
            Words.Number(high),
            Words.Number(low),
            Words.Clock(window.From),
            Words.Clock(window.To),
            $"{evidence.Signal} of {evidence.Entity}: {evidence.Text}");
    }

    // Neither NaN nor infinite, nor so far out that the range of the chart would be.
    internal static bool IsDrawn(double value) => Math.Abs(value) < 1e300;

    private static double? Finite(double? value) => value is { } number && IsDrawn(number) ? number : null;

    private static IEnumerable<double> Bounds(Evidence evidence) =>
        new[] { Finite(evidence.ExpectedLow), Finite(evidence.ExpectedHigh) }.OfType<double>();

    /// <summary>The line of a series.</summary>
    /// <param name="series">Points by time.</param>
    /// <param name="window">Time shown.</param>
    /// <param name="y">Place of a value, from the top.</param>
    /// <returns>SVG path; a gap in the data is a gap in the line.</returns>
    internal static string Line(SeriesPoints series, ChartWindow window, Func<double, double> y)
    {
        var path = new StringBuilder();
        var previousMs = long.MinValue;
        for (var index = 0; index < series.Value.Count; index++)
        {
            if (series.Value[index] is not { } value || !IsDrawn(value))
            {
                continue;
            }

            var atMs = series.TimestampMs[index];
            var isGap = previousMs == long.MinValue || atMs - previousMs > GapSteps * window.Step.TotalMilliseconds;
            var x = window.Place(DateTimeOffset.FromUnixTimeMilliseconds(atMs)) * Width;
            path.Append(CultureInfo.InvariantCulture, $"{(isGap ? 'M' : 'L')}{x:0.#} {y(value):0.#}");
            previousMs = atMs;
        }

        return path.ToString();
    }
}
