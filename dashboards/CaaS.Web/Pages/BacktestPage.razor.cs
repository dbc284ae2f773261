using System.Globalization;
using CaaS.Client;
using CaaS.Client.Wire;
using CaaS.Web.Charts;
using CaaS.Web.Components;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Pages;

/// <summary>What a detector would have told over history, and how a series goes on.</summary>
public sealed partial class BacktestPage
{
    private const string Forecast = "forecast";
    private const int MaxNames = 1000;
    private const int MaxLines = 8;
    private const int MaxMinutes = 43_200;

    // What analytics derives for most services; the API knows the rest by name too.
    private static readonly string[] Derived =
    [
        "http_server_request_duration_p95_seconds", "http_server_request_error_ratio", "http_server_request_rate",
        "container_cpu_usage_cores", "container_memory_limit_ratio",
    ];

    private IReadOnlyList<string> _entities = [];
    private IReadOnlyList<string> _metrics = [];
    private IReadOnlyList<SeriesForecast> _forecasts = [];
    private BacktestReport? _report;
    private WideChart? _chart;
    private string? _entity;
    private string? _metric;
    private string _test = "threshold";
    private string _side = "above";
    private string? _level;
    private string? _objective;
    private string? _capacity;
    private int _minutes = 360;
    private int _seconds = 60;

    /// <summary>Entity asked about.</summary>
    [SupplyParameterFromQuery(Name = "entity")]
    public string? Entity { get; set; }

    /// <summary>Metric asked about.</summary>
    [SupplyParameterFromQuery(Name = "metric")]
    public string? Metric { get; set; }

    /// <summary>Minutes back from now.</summary>
    [SupplyParameterFromQuery(Name = "minutes")]
    public string? MinutesQuery { get; set; }

    /// <summary>Detector tried, or <c>forecast</c>.</summary>
    [SupplyParameterFromQuery(Name = "test")]
    public string? Test { get; set; }

    /// <summary>Side of the threshold: <c>above</c> or <c>below</c>.</summary>
    [SupplyParameterFromQuery(Name = "side")]
    public string? Side { get; set; }

    /// <summary>Threshold, objective or capacity, as written.</summary>
    [SupplyParameterFromQuery(Name = "value")]
    public string? Value { get; set; }

    /// <summary>Seconds the threshold must be exceeded for.</summary>
    [SupplyParameterFromQuery(Name = "for")]
    public string? ForQuery { get; set; }

    private bool IsAsked => !string.IsNullOrEmpty(Entity) && !string.IsNullOrEmpty(Metric);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CaaSClient client)
    {
        Read();
        var to = Time.GetUtcNow();
        var from = to.AddMinutes(-_minutes);
        _entities = [.. (await client.TopologyAsync(Cancel)).Nodes.Select(node => node.Entity).Order(StringComparer.Ordinal).Take(MaxNames)];
        if (!IsAsked)
        {
            return;
        }

        var filter = new SeriesFilter { From = from, To = to, Entity = Entity };
        var measured = await client.SeriesAsync(filter with { Limit = MaxNames }, Cancel);
        _metrics = [.. measured.Where(one => one.Kind != "bucket").Select(one => one.Metric).Concat(Derived).Distinct().Order(StringComparer.Ordinal)];
        filter = filter with { Metric = Metric, Limit = MaxLines };
        if (_test == Forecast)
        {
            _report = null;
            _forecasts = await client.ForecastsAsync(new ForecastQuestion { Series = filter, Capacity = Number(_capacity) }, Cancel);
            return;
        }

        _forecasts = [];
        _report = await client.BacktestAsync(Question(filter), Cancel);
        if (_report.SeriesCount > 0)
        {
            var isTotal = measured.Any(one => one.Metric == Metric && one.Kind == "counter");
            _chart = await DrawAsync(client, filter, isTotal, _report);
        }
    }

    /// <inheritdoc/>
    protected override bool Concerns(FeedEvent? change) => false;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Labels(Series series) => string.Join(' ', series.Labels.Select(label => $"{label.Name}={label.Value}"));

    private static string Full(SeriesForecast forecast) => forecast.Capacity switch
    {
        null => "No limit is known: give one to ask when it is full.",
        { Median: null } never => $"Not full ({Words.Number(never.Limit)}) within ten years, as it grows now.",
        { Median: { } median } full => $"Full ({Words.Number(full.Limit)}) about {Words.Full(median)}, as it grows now; "
            + $"{Words.Percent(full.Within)} by {Words.Full(forecast.From + (forecast.Expected.Count * TimeSpan.FromSeconds(forecast.StepSeconds)))}.",
    };

    private void Read()
    {
        (_entity, _metric) = (Entity, Metric);
        _test = Test is Forecast || Enum.TryParse<BacktestDetector>(Test, ignoreCase: true, out _) ? Test : _test;
        _side = Side is "below" ? "below" : "above";
        (_level, _objective, _capacity) = (_test == "threshold" ? Value : _level, _test == "burnRate" ? Value : _objective ?? "0.999", _test == Forecast ? Value : _capacity);
        if (int.TryParse(MinutesQuery, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            _minutes = Math.Clamp(minutes, 1, MaxMinutes);
        }

        if (int.TryParse(ForQuery, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            _seconds = seconds;
        }
    }

    private BacktestQuestion Question(SeriesFilter filter) => new()
    {
        Series = filter,
        Detector = Enum.Parse<BacktestDetector>(_test, ignoreCase: true),
        Above = _side == "above" ? Number(_level) : null,
        Below = _side == "below" ? Number(_level) : null,
        For = TimeSpan.FromSeconds(_seconds),
        Objective = Number(_objective),
    };

    private async Task<WideChart> DrawAsync(CaaSClient client, SeriesFilter filter, bool isTotal, BacktestReport report)
    {
        var window = new ChartWindow(report.From, report.To, TimeSpan.FromSeconds(Math.Max(5, _minutes * 60 / 300)));
        var points = await client.RangeAsync(filter, window.Step, isTotal ? Aggregate.Rate : Aggregate.Average, Cancel);
        var title = $"{Metric} of {Entity}{(isTotal ? ", per second" : "")}";
        return WideChart.Of(title, points, window, _test == "threshold" ? Number(_level) : null, report);
    }

    private void Ask() => Navigation.NavigateTo(string.Create(
        CultureInfo.InvariantCulture,
        $"/backtest?entity={Uri.EscapeDataString(_entity ?? "")}&metric={Uri.EscapeDataString(_metric ?? "")}&minutes={_minutes}&test={_test}"
        + $"&side={_side}&for={_seconds}&value={Uri.EscapeDataString((_test switch { Forecast => _capacity, "burnRate" => _objective, _ => _level }) ?? "")}"));
}
