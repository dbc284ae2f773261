using System.Globalization;
using System.Text;
using CaaS.Client.Wire;
using CaaS.Web.Components;

namespace CaaS.Web.Charts;

/// <summary>A wide chart, in the coordinates of <see cref="ChartModel"/>: lines, what was or will be beside them, and
/// a level.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Lines">One SVG path a series.</param>
/// <param name="Expected">SVG path of what is expected, or empty.</param>
/// <param name="Band">SVG path around where values are expected, or empty.</param>
/// <param name="Level">Place of a threshold or limit, from the top; null without one.</param>
/// <param name="Fired">Times in which it would have fired.</param>
/// <param name="Incidents">Incidents on record.</param>
/// <param name="Top">Value at the top, in words.</param>
/// <param name="Bottom">Value at the bottom, in words.</param>
/// <param name="From">First instant, in words.</param>
/// <param name="To">Last instant, in words.</param>
/// <param name="Summary">The chart in a sentence, for who cannot see it.</param>
public sealed record WideChart(
    string Title,
    IReadOnlyList<string> Lines,
    string Expected,
    string Band,
    double? Level,
    IReadOnlyList<ChartSpan> Fired,
    IReadOnlyList<ChartSpan> Incidents,
    string Top,
    string Bottom,
    string From,
    string To,
    string Summary)
{
    private const int MaxSpans = 200;

    /// <summary>Draws what would have fired.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="series">Points.</param>
    /// <param name="window">Time shown.</param>
    /// <param name="level">Threshold, or null.</param>
    /// <param name="report">What fired, and the incidents on record.</param>
    /// <returns>The chart.</returns>
    public static WideChart Of(
        string title, IReadOnlyList<SeriesPoints> series, ChartWindow window, double? level, BacktestReport report)
    {
        var y = Scale(series.SelectMany(one => one.Value).OfType<double>(), level, out var low, out var high);
        return new WideChart(
            title,
            [.. series.Select(one => ChartModel.Line(one, window, y))],
            "", "",
            level is { } at ? y(at) : null,
            [
                .. report.Firings.Take(MaxSpans).Select(firing =>
                    ChartSpan.Of(window, firing.From, firing.To, "fired", $"{Words.Full(firing.From)}: {firing.Why}", "")),
            ],
            [
                .. report.Incidents.Take(MaxSpans).Select(incident => ChartSpan.Of(
                    window, incident.OpenedAt, incident.ResolvedAt, Class(incident),
                    $"{incident.Title}, {Words.Full(incident.OpenedAt)}", $"/incidents/{Uri.EscapeDataString(incident.Id)}")),
            ],
            Words.Number(high),
            Words.Number(low),
            Words.Full(window.From),
            Words.Full(window.To),
            $"{title}: {report.FiringCount} firings, {report.Incidents.Count} incidents on record");
    }

    /// <summary>Draws how a series goes on.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <returns>The chart.</returns>
    public static WideChart Of(SeriesForecast forecast)
    {
        var step = TimeSpan.FromSeconds(forecast.StepSeconds);
        var window = new ChartWindow(forecast.HistoryFrom, forecast.From + (forecast.Expected.Count * step), step);
        var values = forecast.History.OfType<double>().Concat(forecast.Lower).Concat(forecast.Upper).Concat(forecast.Expected);
        var y = Scale(values, forecast.Capacity?.Limit, out var low, out var high);
        return new WideChart(
            forecast.Series.Metric,
            [ChartModel.Line(Points(forecast.Series, forecast.HistoryFrom, step, forecast.History), window, y)],
            ChartModel.Line(Points(forecast.Series, forecast.From, step, [.. forecast.Expected]), window, y),
            Around(forecast, window, step, y),
            forecast.Capacity is { } capacity ? y(capacity.Limit) : null,
            [], [],
            Words.Number(high),
            Words.Number(low),
            Words.Full(window.From),
            Words.Full(window.To),
            $"{forecast.Series.Metric} of {forecast.Series.Entity}: {Words.Number(forecast.Expected[^1])} expected at {Words.Full(window.To)}");
    }

    /// <summary>The colour of an incident: found, missed, or beside the matter.</summary>
    /// <param name="incident">Incident.</param>
    /// <returns>CSS class.</returns>
    public static string Class(TestedIncident incident) =>
        incident.Relation == IncidentRelation.SameEntity ? "same-entity" : incident.IsConcerned ? "missed" : "";

    private static Func<double, double> Scale(IEnumerable<double> values, double? level, out double low, out double high)
    {
        var drawn = values.Where(ChartModel.IsDrawn).Concat(level is { } at ? [at] : []).DefaultIfEmpty(0).ToArray();
        var (bottom, top) = (Math.Min(0, drawn.Min()), drawn.Max());
        (low, high) = (bottom, top);
        var range = top > bottom ? top - bottom : 1;
        return value => ChartModel.Height - ChartModel.Edge
            - ((value - bottom) / range * (ChartModel.Height - (2 * ChartModel.Edge)));
    }

    private static SeriesPoints Points(Series series, DateTimeOffset from, TimeSpan step, IReadOnlyList<double?> values) =>
        new(series, [.. values.Select((_, index) => (from + (index * step)).ToUnixTimeMilliseconds())], values);

    private static string Around(SeriesForecast forecast, ChartWindow window, TimeSpan step, Func<double, double> y)
    {
        var path = new StringBuilder();
        void Add(int index, double value)
        {
            var x = window.Place(forecast.From + (index * step)) * ChartModel.Width;
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {y(value):0.#}");
        }

        for (var index = 0; index < forecast.Upper.Count; index++)
        {
            Add(index, forecast.Upper[index]);
        }

        for (var index = forecast.Lower.Count - 1; index >= 0; index--)
        {
            Add(index, forecast.Lower[index]);
        }

        return path.Append('Z').ToString();
    }
}
